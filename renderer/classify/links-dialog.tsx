import { TextInput } from '@mantine/core'
import type { SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import { type Link, type LinkKind, linkSchema } from '../../shared/incident/entries.ts'
import { schemeOf, isOpenable } from '../../shared/incident/link-schemes.ts'
import { roomOf } from '../incident/rooms-store.ts'
import { useCloseOwn } from '../desk/own-layer.ts'
import { useStores } from '../stores.ts'
import { useAsking } from '../ui/use-asking.ts'
import { Dialog } from '../ui/dialog.tsx'
import { DialogFoot } from '../ui/dialog-foot.tsx'
import { classifyWords } from '../words/classify.ts'
import './classify.css'

/** Bridge, channel, status page, ticket and pager: an address and, where it says more, a name. */
export function LinksDialog({ id }: { readonly id: string }) {
  const { rooms, view } = useStores()
  const links = useStore(rooms.store, (all) => roomOf(all, id).state?.core.links ?? null)
  return (
    <Dialog title={classifyWords.links.title} onClose={() => view.closeTop()} size={760}>
      {links === null ? null : <Links id={id} links={links} />}
    </Dialog>
  )
}

interface Typed {
  readonly url: string
  readonly title: string
}

const TYPED = '='

function draftOf(id: string, kind: LinkKind, part: keyof Typed): string {
  return `link ${id} ${kind} ${part}`
}

function Links({ id, links }: { readonly id: string; readonly links: readonly Link[] }) {
  const { drafts, rooms } = useStores()
  const close = useCloseOwn()
  const known = (kind: LinkKind): Typed => {
    const link = links.find((one) => one.link === kind)
    return { url: link?.url ?? '', title: link?.title ?? '' }
  }
  const fields = useStore(drafts.store)
  const asking = useAsking()
  const words = classifyWords.links
  // What was typed outlives the dialog. A field that was emptied is not the same as one that was left alone.
  const textOf = (kind: LinkKind, part: keyof Typed) => {
    const draft = fields[draftOf(id, kind, part)] ?? ''
    return draft === '' ? known(kind)[part] : draft.slice(TYPED.length)
  }
  const fieldOf = (kind: LinkKind): Typed => ({ url: textOf(kind, 'url'), title: textOf(kind, 'title') })
  const type = (kind: LinkKind, part: keyof Typed, text: string) =>
    drafts.set(draftOf(id, kind, part), text === known(kind)[part] ? '' : `${TYPED}${text}`)
  const forget = (kind: LinkKind) => {
    drafts.clear(draftOf(id, kind, 'url'))
    drafts.clear(draftOf(id, kind, 'title'))
  }
  const changed = linkSchema.options.filter((kind) => {
    const [now, before] = [fieldOf(kind), known(kind)]
    // A name without an address is none yet.
    return now.url.trim() !== before.url || (now.title.trim() !== before.title && now.url.trim() !== '')
  })
  const isWrong = (kind: LinkKind) => fieldOf(kind).url.trim() !== '' && !isOpenable(fieldOf(kind).url.trim())
  const isReady = changed.length > 0 && !changed.some(isWrong)
  const send = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isReady) return
    const isDone = await asking.ask(async () => {
      for (const kind of changed) {
        const { url, title } = fieldOf(kind)
        const address = url.trim() === '' ? null : url.trim()
        const name = address === null || title.trim() === '' ? null : title.trim()
        const outcome = await rooms.change('link', { id, link: kind, title: name, url: address })
        if (!outcome.ok) return outcome
        forget(kind)
      }
      return { ok: true, value: null }
    })
    if (!isDone) return
    for (const kind of linkSchema.options) forget(kind)
    close()
  }
  return (
    <form className="stack" onSubmit={(event) => void send(event)}>
      <p className="soft">{words.lead}</p>
      {linkSchema.options.map((kind, index) => {
        const field = fieldOf(kind)
        return (
          <div key={kind} className="link-row">
            <TextInput
              label={words.address(words.kinds[kind])}
              placeholder={words.hints[kind]}
              value={field.url}
              error={isWrong(kind) ? words.wrong(schemeOf(field.url.trim()) ?? '') : null}
              onChange={(event) => type(kind, 'url', event.currentTarget.value)}
              data-autofocus={index === 0 ? '' : undefined}
              maxLength={2_000}
              spellCheck={false}
              autoComplete="off"
            />
            <TextInput
              label={words.name(words.kinds[kind])}
              value={field.title}
              onChange={(event) => type(kind, 'title', event.currentTarget.value)}
              maxLength={200}
              autoComplete="off"
            />
          </div>
        )
      })}
      <DialogFoot asking={asking} go={words.set(Math.max(1, changed.length))} isReady={isReady} />
    </form>
  )
}
