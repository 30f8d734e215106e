import { containerDraft, hasNoCauseOfItsOwn, quoteOf, toldTrouble } from './container-draft.ts'
import { type ContainerView, engineItems } from './container-view.ts'
import { type Draft, tierByAge } from './draft.ts'
import { type Ending, endingOf } from './ending.ts'
import { exitCodeInWords } from './exit-codes.ts'
import { plain, typed } from './words.ts'

/**
 * D01, ended with an exit code that is not 0, and was not stopped in good order. 137 that is no lack of memory is told here,
 * with as much as is known of who sent the signal.
 */
export function endedDraft(view: ContainerView, now: number): Draft | null {
  if (view.state !== 'exited' && view.state !== 'dead') return null
  const ending = endingOf(view)
  if (ending.how === 'orderly' || ending.how === 'stopped') return null
  const said = wordsFor(view, ending)
  const tells = ending.how === 'failed' && tellingExitCodes.has(view.exitCode ?? 0)
  const isTask = view.container.oneOff
  return containerDraft(view, {
    code: tells ? 'D09' : 'D01',
    tier: isTask ? 3 : ending.how === 'signalled' ? 2 : tierByAge(view.endedAt, now),
    sure: view.facts === null ? 'likely' : said.sure,
    since: view.endedAt,
    title: said.title,
    why: said.why,
    cause: said.cause,
    signs: [...(isTask ? [] : (['service-down'] as const)), ...(ending.how === 'failed' ? [] : (['killed'] as const))],
    next: said.next,
    mayFollow: ending.how === 'failed' && !tells && hasNoCauseOfItsOwn(view) && view.facts?.error === '',
    quotesLog: ending.how === 'failed',
    ...(view.events.length > 0 && { alsoFrom: [engineItems.events] }),
  })
}

/** Exit codes that tell what went wrong by themselves: Docker's own, the shell's, and those of a crash. */
const tellingExitCodes: ReadonlySet<number> = new Set([125, 126, 127, 132, 134, 135, 136, 139])

type Words = Pick<Draft, 'title' | 'why' | 'cause' | 'next' | 'sure'>

function wordsFor(view: ContainerView, ending: Ending): Words {
  const { name } = view.object
  if (ending.how === 'killed') return ending.by === 'call' ? killedByCall(name) : killedByUnknown(view)
  if (ending.how === 'signalled') {
    return {
      title: `${name} was asked to end, and not by Docker`,
      why: `It ended with ${exitCodeInWords(view.exitCode ?? 0)}, and the engine has no record of a stop.`,
      cause: 'a signal from outside Docker',
      next: `Ask who ended it. See what the engine knows: docker inspect ${typed(name)}`,
      sure: 'likely',
    }
  }
  const error = plain(view.facts?.error ?? '', 300)
  const code = exitCodeInWords(view.exitCode ?? 1)
  return {
    title: `${name} ended with exit code ${view.exitCode ?? 1}`,
    why: `${error === '' ? '' : `The engine says: ${error}. `}It ended with ${code}. ${quoteOf(view)}`,
    cause: error === '' ? (toldTrouble(view) ?? code) : error,
    next: `Read its last lines: docker logs --tail 50 ${typed(name)}`,
    sure: 'measured',
  }
}

function killedByCall(name: string): Words {
  return {
    title: `${name} was killed by a call to Docker`,
    why: 'The engine was told to kill it (SIGKILL). The kernel reported no lack of memory.',
    cause: 'a kill sent through Docker',
    next: `Ask who killed it, or which program did; if nobody meant it, start it again: docker start ${typed(name)}`,
    sure: 'measured',
  }
}

/** Careful words: SIGKILL tells nothing of its sender. */
function killedByUnknown({ object: { name }, facts }: ContainerView): Words {
  const memory =
    facts === null ? 'Whether it lacked memory could not be read.' : 'The engine reports no lack of memory.'
  return {
    title: `${name} was killed, and the engine does not say by whom`,
    why: `It ended by SIGKILL (exit code 137). ${memory} A stop that took longer than its grace, a person, another program or the machine's kernel may have sent it.`,
    cause: null,
    next: `Ask whether somebody stopped it; else look into the machine's kernel log at that minute: journalctl -k`,
    sure: 'possible',
  }
}
