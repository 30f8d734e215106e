import { NativeSelect } from '@mantine/core'
import { type SyntheticEvent, useState } from 'react'
import { useStore } from 'zustand'
import type { Result } from '../../shared/contract.ts'
import { type Paper, paperSchema } from '../../shared/people/contact-card.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { roomOf } from '../incident/rooms-store.ts'
import { peopleWords } from '../words/people.ts'
import { vaultWords } from '../words/vault.ts'

/** Prints who is called, with every number, for a bag: only with the vault open, and only after a yes to the numbers. */
export function CardDialog() {
  const { desk, people, rooms, view } = useStores()
  const packs = useStore(desk.store, (known) => known.desk?.packs) ?? []
  const shown = useStore(view.store, (known) => known.view)
  const own = useStore(rooms.store, (all) => (shown.name === 'incident' ? roomOf(all, shown.id).pack?.id : undefined))
  const [pack, setPack] = useState(() => own ?? packs[0]?.id ?? '')
  const [paper, setPaper] = useState<Paper>('a4')
  const [format, setFormat] = useState<'pdf' | 'html'>('pdf')
  const [isSure, setSure] = useState(false)
  const [made, setMade] = useState<Result<'people.saveCard'> | null>(null)
  const asking = useAsking()
  const words = peopleWords.card
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isSure) return
    await asking.ask(async () => {
      const outcome = await people.saveCard({ pack, paper, format })
      setMade(outcome.ok ? outcome.value : null)
      return outcome
    })
  }
  return (
    <Dialog title={words.title} onClose={() => view.closeTop()} size={640}>
      <form className="stack" onSubmit={(event) => void send(event)}>
        <p>{words.lead}</p>
        <p className="line-due">{words.warning}</p>
        <div className="contact-fields">
          <NativeSelect
            label={words.pack}
            value={pack}
            data-autofocus
            onChange={(event) => setPack(event.currentTarget.value)}
            data={packs.map(({ id, title }) => ({ value: id, label: title }))}
          />
          <NativeSelect
            label={words.paper}
            value={paper}
            onChange={(event) => setPaper(paperSchema.parse(event.currentTarget.value))}
            data={paperSchema.options.map((one) => ({ value: one, label: words.papers[one] }))}
          />
          <NativeSelect
            label={words.format}
            value={format}
            onChange={(event) => setFormat(event.currentTarget.value === 'html' ? 'html' : 'pdf')}
            data={(['pdf', 'html'] as const).map((one) => ({ value: one, label: words.formats[one] }))}
          />
        </div>
        <label>
          <input type="checkbox" checked={isSure} onChange={() => setSure(!isSure)} /> {words.sure}
        </label>
        {made === null ? null : (
          <output>
            {words.made(made.contacts, made.format)} <span className="mono">{made.path}</span>
          </output>
        )}
        <DialogFoot asking={asking} go={words.write} isReady={isSure && pack !== ''}>
          {asking.refusal?.code === 'not-allowed' ? (
            <button type="button" className="btn" onClick={() => view.open({ name: 'vault' })}>
              {vaultWords.command}
            </button>
          ) : null}
        </DialogFoot>
      </form>
    </Dialog>
  )
}
