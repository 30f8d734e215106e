import type { EngineSnapshot, Part } from '../docker/snapshot.ts'
import type { CouldNotRead } from './sweep.ts'

/** Every blind spot of a snapshot: what was asked for and not read, and why. Empty where all was read. */
export function couldNotRead(snapshot: EngineSnapshot): CouldNotRead[] {
  const { engine, containers, events, images, networks, disk, strays } = snapshot
  const asked = snapshot.format !== 'engine-snapshot-1'
  return [
    ...unread('The version of the engine', engine),
    ...unread('The containers', containers),
    ...unread('What happened lately', events),
    ...(asked
      ? [...unread('The images', images), ...unread('The networks', networks), ...unread('What lies on its disk', disk)]
      : []),
    ...(containers.read ? containers.value : []).flatMap(({ name, facts, logs, usage }) => [
      ...unread(`The state of ${name}`, facts),
      ...unread(`The log (stdout) of ${name}`, logs?.stdout ?? null),
      ...unread(`The log (stderr) of ${name}`, logs?.stderr ?? null),
      ...unread(`CPU and memory of ${name}`, usage),
    ]),
    ...strays,
  ]
}

function unread(what: string, part: Part<unknown> | null): CouldNotRead[] {
  return part === null || part.read ? [] : [{ what, why: part.why }]
}
