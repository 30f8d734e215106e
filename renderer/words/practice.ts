/* Words of practising on the simulated system. */
export const practiceWords = {
  starting: 'Starting the simulated system and declaring the exercise…',
  stopping: 'Stopping the simulated system…',
  restart: {
    title: 'Restart a service of the simulated system',
    why: 'As somebody at its keyboard would. Sweep again afterwards to see what it changed.',
    set: (service: string) => `Restart ${service}`,
    done: (service: string) => `${service} was restarted.`,
    none: 'The simulated system does not run.',
    noneNext: 'Start a new practice from the board.',
  },
}
