import { TextInput } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { readTypedTime } from '../../shared/clocks/typed-time.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { shortTime, zoneName } from '../words/time.ts'
import { timelineWords } from '../words/timeline.ts'

/** To a moment of the timeline. `typed`: what the person had begun to type when the dialog opened. */
export function JumpDialog({ id, typed: begun }: { readonly id: string; readonly typed: string }) {
  const { rooms, view } = useStores()
  const close = useCloseOwn()
  const [typed, setTyped] = useState(begun)
  const [missed, setMissed] = useState<string | null>(null)
  const nowMs = useNow()
  const zone = useZone()
  const asking = useAsking()
  const words = timelineWords.jump
  const read = readTypedTime(typed, nowMs, zone)
  const said = read.is === 'time' ? `${shortTime(read.iso, nowMs, zone)} ${zoneName(zone)}` : ''
  const go = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (read.is !== 'time') return
    const { iso } = read
    let isThere = false
    const isAnswered = await asking.ask(async () => {
      const outcome = await rooms.reveal(id, { time: iso }, words.landed(said))
      isThere = outcome.ok && outcome.value !== null
      return outcome
    })
    if (!isAnswered) return
    if (isThere) close()
    else setMissed(words.none(said))
  }
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size={420}>
      <form className="stack" onSubmit={(event) => void go(event)}>
        <TextInput
          label={words.label}
          description={words.hint(zoneName(zone))}
          value={typed}
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value)
            setMissed(null)
          }}
          data-autofocus
        />
        <output className={read.is === 'wrong' || missed !== null ? 'line-due' : 'soft'}>
          {missed ??
            (read.is === 'wrong'
              ? read.why === 'future'
                ? words.future
                : words.form
              : said === ''
                ? ''
                : words.to(said))}
        </output>
        <DialogFoot asking={asking} go={words.go} isReady={read.is === 'time'} />
      </form>
    </Dialog>
  )
}
