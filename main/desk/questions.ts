import type { Desk } from './desk.ts'

/** What may be asked of the journal thread: the desk's own methods, and what can be done to an incident. */
const operations = {
  board: (desk: Desk) => desk.board(),
  rehearsed: (desk: Desk) => desk.rehearsed(),
  effective: (desk: Desk, ...args: Parameters<Desk['effective']>) => desk.effective(...args),
  find: (desk: Desk, ...args: Parameters<Desk['find']>) => desk.find(...args),
  open: (desk: Desk, ...args: Parameters<Desk['open']>) => desk.open(...args),
  page: (desk: Desk, ...args: Parameters<Desk['page']>) => desk.page(...args),
  whole: (desk: Desk, ...args: Parameters<Desk['whole']>) => desk.whole(...args),
  renderPostmortem: (desk: Desk, ...args: Parameters<Desk['renderPostmortem']>) => desk.renderPostmortem(...args),
  evidenceBundles: (desk: Desk, ...args: Parameters<Desk['evidence']['bundles']>) => desk.evidence.bundles(...args),
  evidenceFind: (desk: Desk, ...args: Parameters<Desk['evidence']['find']>) => desk.evidence.find(...args),
  evidenceKept: (desk: Desk, ...args: Parameters<Desk['evidence']['kept']>) => desk.evidence.kept(...args),
  evidenceChecked: (desk: Desk, ...args: Parameters<Desk['evidence']['checked']>) => desk.evidence.checked(...args),
  evidenceReleased: (desk: Desk, ...args: Parameters<Desk['evidence']['released']>) => desk.evidence.released(...args),
  recordExport: (desk: Desk, ...args: Parameters<Desk['recordExport']>) => desk.recordExport(...args),
  declare: (desk: Desk, ...args: Parameters<Desk['incidents']['declare']>) => desk.incidents.declare(...args),
  confirm: (desk: Desk, ...args: Parameters<Desk['incidents']['confirm']>) => desk.incidents.confirm(...args),
  respond: (desk: Desk, ...args: Parameters<Desk['incidents']['respond']>) => desk.incidents.respond(...args),
  setSeverity: (desk: Desk, ...args: Parameters<Desk['incidents']['setSeverity']>) =>
    desk.incidents.setSeverity(...args),
  stateImpact: (desk: Desk, ...args: Parameters<Desk['incidents']['stateImpact']>) =>
    desk.incidents.stateImpact(...args),
  assign: (desk: Desk, ...args: Parameters<Desk['incidents']['assign']>) =>
    desk.anchors.anchorHandOver(args[0], () => desk.incidents.assign(...args)),
  offerCommand: (desk: Desk, ...args: Parameters<Desk['handover']['offer']>) => desk.handover.offer(...args),
  withdrawOffer: (desk: Desk, ...args: Parameters<Desk['handover']['withdraw']>) => desk.handover.withdraw(...args),
  acceptCommand: (desk: Desk, ...args: Parameters<Desk['handover']['accept']>) =>
    desk.anchors.anchorHandOver(args[0], () => desk.handover.accept(...args)),
  takeCommand: (desk: Desk, ...args: Parameters<Desk['handover']['take']>) => {
    desk.handover.take(...args)
    desk.anchors.anchorAfter('at a hand-over')
  },
  releaseCommand: (desk: Desk, ...args: Parameters<Desk['handover']['release']>) => {
    desk.handover.release(...args)
    desk.anchors.anchorAfter('at a hand-over')
  },
  commandStanding: (desk: Desk, ...args: Parameters<Desk['handover']['standing']>) => desk.handover.standing(...args),
  brief: (desk: Desk, ...args: Parameters<Desk['papers']['brief']>) => desk.papers.brief(...args),
  activity: (desk: Desk, ...args: Parameters<Desk['papers']['activity']>) => desk.papers.activity(...args),
  anchor: (desk: Desk, incident: string | null) => desk.anchors.anchorNow(incident),
  note: (desk: Desk, ...args: Parameters<Desk['incidents']['note']>) => desk.incidents.note(...args),
  check: (desk: Desk, ...args: Parameters<Desk['incidents']['check']>) => desk.incidents.check(...args),
  star: (desk: Desk, ...args: Parameters<Desk['incidents']['star']>) => desk.incidents.star(...args),
  giveTask: (desk: Desk, ...args: Parameters<Desk['incidents']['giveTask']>) => desk.incidents.giveTask(...args),
  decide: (desk: Desk, ...args: Parameters<Desk['incidents']['decide']>) => desk.incidents.decide(...args),
  giveUpdate: (desk: Desk, ...args: Parameters<Desk['incidents']['giveUpdate']>) => desk.incidents.giveUpdate(...args),
  call: (desk: Desk, ...args: Parameters<Desk['response']['call']>) => desk.response.call(...args),
  tell: (desk: Desk, ...args: Parameters<Desk['response']['tell']>) => desk.response.tell(...args),
  classify: (desk: Desk, ...args: Parameters<Desk['response']['classify']>) => desk.response.classify(...args),
  relate: (desk: Desk, ...args: Parameters<Desk['response']['relate']>) => desk.response.relate(...args),
  templates: (desk: Desk, ...args: Parameters<Desk['drafts']['templates']>) => desk.drafts.templates(...args),
  draft: (desk: Desk, ...args: Parameters<Desk['drafts']['draft']>) => desk.drafts.draft(...args),
  link: (desk: Desk, ...args: Parameters<Desk['room']['link']>) => desk.room.link(...args),
  enterPhase: (desk: Desk, ...args: Parameters<Desk['room']['enterPhase']>) => desk.room.enterPhase(...args),
  explainSeverity: (desk: Desk, ...args: Parameters<Desk['room']['explainSeverity']>) =>
    desk.room.explainSeverity(...args),
  extendTask: (desk: Desk, ...args: Parameters<Desk['room']['extendTask']>) => desk.room.extendTask(...args),
  endTask: (desk: Desk, ...args: Parameters<Desk['room']['endTask']>) => desk.room.endTask(...args),
  setTeam: (desk: Desk, ...args: Parameters<Desk['room']['setTeam']>) => desk.room.setTeam(...args),
  waivedElsewhere: (desk: Desk, id: string) => desk.room.waivedElsewhere(id),
  waive: (desk: Desk, ...args: Parameters<Desk['room']['waive']>) => desk.room.waive(...args),
  snoozeClock: (desk: Desk, ...args: Parameters<Desk['response']['snoozeClock']>) => desk.response.snoozeClock(...args),
  pauseClock: (desk: Desk, ...args: Parameters<Desk['response']['pauseClock']>) => desk.response.pauseClock(...args),
  resumeClock: (desk: Desk, ...args: Parameters<Desk['response']['resumeClock']>) => desk.response.resumeClock(...args),
  meetClock: (desk: Desk, ...args: Parameters<Desk['response']['meetClock']>) => desk.response.meetClock(...args),
  holdDuty: (desk: Desk, ...args: Parameters<Desk['response']['holdDuty']>) => desk.response.holdDuty(...args),
  ownChain: (desk: Desk, ...args: Parameters<Desk['timeline']['ownChain']>) => desk.timeline.ownChain(...args),
  filtered: (desk: Desk, ...args: Parameters<Desk['timeline']['filtered']>) => desk.timeline.filtered(...args),
  facets: (desk: Desk, ...args: Parameters<Desk['timeline']['facets']>) => desk.timeline.facets(...args),
  locate: (desk: Desk, ...args: Parameters<Desk['timeline']['locate']>) => desk.timeline.locate(...args),
  correct: (desk: Desk, ...args: Parameters<Desk['incidents']['correct']>) => desk.incidents.correct(...args),
  witnessClock: (desk: Desk, ...args: Parameters<Desk['witnessClock']>) => desk.witnessClock(...args),
  eraseEntry: (desk: Desk, ...args: Parameters<Desk['erasure']['eraseEntry']>) => desk.erasure.eraseEntry(...args),
  findEntry: (desk: Desk, ...args: Parameters<Desk['erasure']['findEntry']>) => desk.erasure.findEntry(...args),
  eraseEvidence: (desk: Desk, ...args: Parameters<Desk['erasure']['eraseEvidence']>) =>
    desk.erasure.eraseEvidence(...args),
  resolve: (desk: Desk, ...args: Parameters<Desk['incidents']['resolve']>) => desk.incidents.resolve(...args),
  mergeFile: (desk: Desk, ...args: Parameters<Desk['merging']['mergeFile']>) => desk.merging.mergeFile(...args),
  exported: (desk: Desk, ...args: Parameters<Desk['merging']['exported']>) => {
    desk.merging.exported(...args)
    desk.anchors.anchorAfter('at the export for another desk')
  },
  settle: (desk: Desk, ...args: Parameters<Desk['merging']['settle']>) => desk.merging.settle(...args),
  reopen: (desk: Desk, ...args: Parameters<Desk['incidents']['reopen']>) => desk.incidents.reopen(...args),
}

type Operations = typeof operations

/** Each question with its arguments and what it is answered with, as the asking side sees it. */
export type Questions = {
  [Op in keyof Operations]: Operations[Op] extends (desk: Desk, ...args: infer Args) => infer Value
    ? { args: Args; value: Awaited<Value> }
    : never
}

/** Answers a question. Its arguments were typed by the asking side of the same process, so they are taken as they are. */
export async function answerQuestion(desk: Desk, op: keyof Questions, args: readonly unknown[]): Promise<unknown> {
  const operation = operations[op] as (desk: Desk, ...args: readonly unknown[]) => unknown
  return await operation(desk, ...args)
}
