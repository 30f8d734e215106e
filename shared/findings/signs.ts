/**
 * The words that a finding carries and a pack's scenarios are matched against. A pack may list any of them; adding one
 * is a decision made here.
 *
 * - `service-down`        something that should run does not
 * - `out-of-memory`       killed for lack of memory
 * - `killed`              ended by a signal that nobody is known to have asked for
 * - `restart-loop`        ends and is started again and again
 * - `unhealthy`           runs, and its own check fails
 * - `not-startable`       was created and could not be started
 * - `engine-unreachable`  the engine itself gave no usable answer
 * - `database`            the image or service is a database or a store of data
 * - `message-queue`       … carries messages between services
 * - `reverse-proxy`       … is what users' requests meet first
 * - `no-connection`       its last lines or check say that something it needs does not answer
 * - `disk-full`           … that there is no space left
 * - `permission-denied`   … that it may not do something
 * - `bad-credentials`     … that a login was refused
 * - `port-in-use`         … that its port is taken
 * - `missing-file`        a file, program or folder that it needs is not there
 */
export const signs = [
  'service-down',
  'out-of-memory',
  'killed',
  'restart-loop',
  'unhealthy',
  'not-startable',
  'engine-unreachable',
  'database',
  'message-queue',
  'reverse-proxy',
  'no-connection',
  'disk-full',
  'permission-denied',
  'bad-credentials',
  'port-in-use',
  'missing-file',
] as const

export type Sign = (typeof signs)[number]
