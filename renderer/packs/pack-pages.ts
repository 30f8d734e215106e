import type { Pack } from '../../shared/packs/pack.ts'
import type { PackSpot, PagedList } from '../../shared/packs/search.ts'
import type { Stage } from '../../shared/packs/stage.ts'

/** What the browser of packs shows. `anchor`: the part of the page that is gone to. */
export type PackPage =
  | { readonly name: 'pack'; readonly id: string | null; readonly anchor?: string | undefined }
  | {
      readonly name: 'item'
      readonly id: string
      readonly list: PagedList
      readonly item: string
      readonly anchor?: string | undefined
    }
  | { readonly name: 'bindings'; readonly id: string }
  | { readonly name: 'readiness'; readonly id: string }
  | { readonly name: 'import' }

export const firstPage: PackPage = { name: 'pack', id: null }

/** An item of a pack that has a page of its own. */
export interface PagedItem {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly group: string | null
  readonly stages: readonly Stage[]
}

/** The items of one of a pack's lists, in its order. */
export function itemsOfList(pack: Pack, list: PagedList): PagedItem[] {
  return pack[list].map((one) => ({
    id: one.id,
    title: one.title,
    summary: one.summary ?? '',
    group: 'group' in one ? (one.group ?? null) : null,
    stages: one.stages,
  }))
}

/** The page that shows what was found. */
export function pageOf({ pack, list, item, anchor }: PackSpot): PackPage {
  const part = anchor === null ? {} : { anchor }
  if (list !== null && item !== null) return { name: 'item', id: pack, list, item, ...part }
  return anchor === 'bindings' ? { name: 'bindings', id: pack } : { name: 'pack', id: pack, ...part }
}
