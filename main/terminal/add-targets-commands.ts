import { type Command, Option } from 'commander'
import { routeSchema } from '../../shared/targets/binding.ts'
import type { Face, GlobalOptions, Opening } from './face.ts'
import {
  type BindOptions,
  targetsBindCommand,
  targetsCommand,
  targetsTestCommand,
  targetsUnbindCommand,
} from './targets-command.ts'

/** Adds `muster targets …`. */
export function addTargetsCommands(program: Command, opening: Opening): void {
  const run = (work: (face: Face) => Promise<unknown>, command: Command): Promise<void> =>
    opening.withFace(command.optsWithGlobals<GlobalOptions>(), async (face) => (await work(face)) !== false)
  const targets = program.command('targets').description("what a runbook's places and targets really are")
  targets
    .command('list [pack]', { isDefault: true })
    .description('places and targets of a runbook, or of all, and what they are bound to')
    .action((pack: string | undefined, _options: unknown, command: Command) =>
      run((face) => targetsCommand(face, pack), command),
    )
  targets
    .command('bind <pack> <id>')
    .description('say once where a place or target really is; a credential by its name in the vault')
    .option('--ssh <host>', 'a place: the host, as ssh knows it')
    .option('--container <name>', 'a place: a container; with --pod, the one in it')
    .option('--engine <endpoint>', 'the Docker engine of the container; default: the current one')
    .option('--pod <name>', 'a place: a pod, or a workload such as deployment/web')
    .option('--namespace <name>', 'the namespace of the pod')
    .option('--context <name>', "kubectl's context of the pod; default: the current one")
    .option('--this-machine', 'a place: this very machine; needs --consent')
    .option('--consent <words>', "yes to this machine, word by word: 'run PLACE on MACHINE'")
    .option('--folder <path>', 'the folder of the place that steps begin in')
    .option('--address <address>', 'a target: host:port, or a URL without a password')
    .option('--within <name>', 'database, namespace or repository of the target')
    .option('--user <name>', 'who the target is spoken to as')
    .option('--credential <name>', 'the credential of the vault that opens the target')
    .addOption(new Option('--route <way>', 'the way to the target').choices([...routeSchema.options]))
    .option('--place <id>', 'the place that the way leads through')
    .action((pack: string, id: string, options: BindOptions, command: Command) =>
      run((face) => targetsBindCommand(face, pack, id, options), command),
    )
  targets
    .command('unbind <pack> <id>')
    .description('take a binding back')
    .option('--place', 'the place of that id, not the target')
    .action((pack: string, id: string, options: { place?: boolean }, command: Command) =>
      run((face) => targetsUnbindCommand(face, pack, id, options), command),
    )
  targets
    .command('test <pack> [target]')
    .description('look whether targets answer where they are bound to; reads only and sends no credential')
    .action((pack: string, target: string | undefined, _options: unknown, command: Command) =>
      run((face) => targetsTestCommand(face, pack, target), command),
    )
}
