import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import * as screens from './screens.ts'

const answerSchema = z.looseObject({ ok: z.boolean() })
const deskSchema = z.looseObject({
  value: z.looseObject({ board: z.array(z.looseObject({ id: z.string(), title: z.string() })) }),
})

/** Asks main as the window does. */
async function ask(page: Page, call: string, argument: unknown): Promise<string> {
  return page.evaluate(
    async ([name, text]) => {
      const { calls } = (
        window as unknown as { muster: { calls: Record<string, (argument: string) => Promise<string>> } }
      ).muster
      return (await calls[name ?? '']?.(text ?? '')) ?? ''
    },
    [call, JSON.stringify(argument)],
  )
}

/** Fills the room of an incident with what a long one has: links, kinds, people and tasks. Waits until it is seen. */
export async function crowdRoom(page: Page, title: string): Promise<void> {
  const { value } = deskSchema.parse(JSON.parse(await ask(page, 'desk.open', {})))
  const id = value.board.find((row) => row.title === title)?.id ?? ''
  const say = async (call: string, argument: object) => {
    const answer: unknown = JSON.parse(await ask(page, `incidents.${call}`, { id, ...argument }))
    expect({ call, ...answerSchema.parse(answer) }).toMatchObject({ call, ok: true })
  }
  for (const [link, url, name] of [
    ['bridge', 'https://meet.example/checkout?pin=442211', null],
    ['channel', 'https://chat.example/channels/inc-0412', '#inc-0412'],
    ['status-page', 'https://status.example/incidents/checkout', null],
    ['ticket', 'https://tickets.example/browse/OPS-4711', 'OPS-4711'],
    ['pager', 'tel:+49305550199', null],
  ] as const) {
    await say('link', { link, url, title: name })
  }
  await say('stateImpact', { text: 'Two in three checkouts fail for all EU customers; cards are not charged.' })
  await say('classify', { types: [], priority: null, systems: ['checkout', 'payments', 'pg-eu-2', 'mobile app'] })
  await say('assign', { role: 'scribe', name: 'Tom Bauer' })
  await say('assign', { role: 'communications', name: 'Li Wen' })
  for (const [owner, text, minutes] of [
    ['Jonas Weber', 'Check replica lag on pg-eu-2', 10],
    ['Priya Nair', 'List the stuck orders of the last hour', 20],
    ['Li Wen', 'Ask the payment provider for their view', 5],
  ] as const) {
    await say('giveTask', { owner, text, minutes, happenedAt: null })
  }
  await expect(page.locator('.todo .tasks li')).toHaveCount(3)
  await expect(screens.room(page).entry('Ask the payment provider')).toBeVisible()
}
