import { comboOf, type Press } from './combo.ts'
import type { Commands } from './commands.ts'

/** How long the second key of a pair may take. */
const PAIR_MS = 1500

interface KeyContext {
  readonly commands: Commands
  /** The layer that has the keyboard: 'base', or the name of the top layer. */
  layer(): string
  nowMs(): number
}

/** What came of a press: whether it was a command's, so that the browser must not have it too. */
export type HandlePress = (press: Press, typing: boolean) => boolean

/** Runs the command that a press asks for. Single keys do nothing while a person types. */
export function createKeyHandler(context: KeyContext): HandlePress {
  let first: { keys: string; atMs: number } | null = null
  return (press, typing) => {
    const layer = context.layer()
    const combo = comboOf(press)
    const begun = first !== null && context.nowMs() - first.atMs <= PAIR_MS ? `${first.keys} ${combo}` : null
    first = null
    const paired = begun === null ? null : context.commands.find(layer, begun)
    const command = paired ?? context.commands.find(layer, combo)
    if (command !== null && (!typing || command.whileTyping === true)) {
      command.run(paired === null ? combo : (begun ?? combo))
      return true
    }
    if (!typing && context.commands.isBeginning(layer, combo)) {
      first = { keys: combo, atMs: context.nowMs() }
      return true
    }
    return false
  }
}

/** Whether keys pressed there are text: fields, areas, lists to choose from, editable content. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit'].includes(target.type)
}
