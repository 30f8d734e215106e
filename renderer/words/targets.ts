import type { Pack } from '../../shared/packs/pack.ts'
import type { PlaceBinding, Route, TargetBinding } from '../../shared/targets/binding.ts'
import type { TargetTest } from '../../shared/targets/calls.ts'

/* Words of places and targets. */
export const targetWords = {
  title: (pack: string) => `Places and targets of ${pack}`,
  why: 'A runbook names them; you say once what they really are. Nothing secret is kept here: a credential stands by its name in the vault.',
  reading: 'Looking at what is bound…',
  places: 'Places: where steps run',
  targets: 'Targets: what steps speak with',
  none: 'This runbook names none.',
  runbook: 'runbook',
  yours: 'yours',
  notBound: 'not bound',
  uses: 'Its steps use',
  toBindings: 'Places and targets',
  asTheRunbook: 'as the runbook says',
  bind: 'Bind',
  change: 'Change',
  unbind: 'Unbind',
  unbindSure: (title: string) => `Unbind ${title}`,
  named: (name: string) => `the runbook calls it ${name}`,
  through: (place: string) => `at ${place}`,
  bindOf: (title: string) => `Bind ${title}`,
  changeOf: (title: string) => `Change what ${title} is bound to`,
  testOf: (title: string) => `Test ${title}`,
  test: 'Test',
  testing: 'Testing…',
  outcome: { good: '✓ answers', bad: '△ does not answer as it should', 'not-tested': '○ not tested' } satisfies Record<
    TargetTest['outcome'],
    string
  >,
  untested: 'Not tested: ',
  took: (ms: number) => `${ms} ms`,
  forms: { host: 'a machine', container: 'a container', pod: 'a pod' } satisfies Record<
    Pack['places'][number]['form'],
    string
  >,
  where: 'Where is it?',
  at: {
    ssh: 'A host that ssh reaches',
    container: 'A container',
    pod: 'A pod',
    'this-machine': 'This very machine',
  } satisfies Record<PlaceBinding['at'], string>,
  fields: {
    host: 'Host, as ssh knows it',
    hostHint: 'app-1 or deploy@app-1.example.com',
    container: 'Name of the container',
    engine: 'Docker engine',
    engineHint: 'empty: the current one',
    pod: 'Pod, or workload',
    podHint: 'web-7d9f or deployment/web',
    namespace: 'Namespace',
    context: 'Context of kubectl',
    contextHint: 'empty: the current one',
    folder: 'Folder',
    folderHint: 'empty: where the login begins',
    consent: (words: string) => `To let its steps run on this machine, type: ${words}`,
    address: 'Address',
    within: 'Database, namespace or repository',
    user: 'User',
    credential: 'Credential, by its name in the vault',
    credentialHint: 'shop/db',
    route: 'Way to it',
    place: 'Through',
  },
  addressHint: (runbook: string | undefined) => (runbook === undefined ? 'host:port' : `the runbook says ${runbook}`),
  routes: {
    direct: 'straight from this desk',
    ssh: 'ssh forward',
    'docker-exec': 'program in the container',
    'pod-exec': 'program in the pod',
    'port-forward': 'port forward to the pod',
  } satisfies Record<Route, string>,
  routeLater: 'Such ways are kept, and not opened yet: a test says so.',
  ownPlace: 'as the runbook says',
  keep: 'Keep',
  openValue: (name: string) => `open: ${name}`,
  left: (places: number, targets: number) =>
    places + targets === 0
      ? 'Everything that has to be bound is.'
      : `To bind: ${[places === 0 ? '' : `${places} of the places`, targets === 0 ? '' : `${targets} of the targets`].filter((part) => part !== '').join(', ')}.`,
}

/** What a place is bound to, in words. */
export function placeWords(binding: PlaceBinding): string {
  const folder = binding.folder === undefined ? '' : `, in ${binding.folder}`
  if (binding.at === 'ssh') return `ssh ${binding.host}${folder}`
  if (binding.at === 'container') {
    return `container ${binding.container}${binding.engine === undefined ? '' : ` of ${binding.engine}`}${folder}`
  }
  if (binding.at === 'pod') return `pod ${binding.pod} in ${binding.namespace}${folder}`
  return `this machine${folder}`
}

/** What a target is bound to, in words; '' where nothing of it differs from the runbook. */
export function targetBindingWords({ address, within, user, credential, route }: TargetBinding): string {
  return [
    address ?? '',
    within === undefined ? '' : `within ${within}`,
    user === undefined ? '' : `as ${user}`,
    credential === undefined ? '' : `with ${credential}`,
    route === 'direct' ? '' : targetWords.routes[route],
  ]
    .filter((part) => part !== '')
    .join(' · ')
}
