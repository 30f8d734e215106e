import { declarationOf, type SaidDeclaration } from '../../../main/incidents/declare.ts'
import type { Declaration } from '../../../main/incidents/incidents.ts'
import { infinity } from '../../shipped-packs.ts'

/** What is declared where a test needs an incident and little more: live, by nobody, without questions; `said` is otherwise. */
export function plainDeclaration(said: Partial<SaidDeclaration> = {}, loaded = infinity): Declaration {
  return declarationOf(loaded, {
    title: 'Sign-in fails',
    mode: 'live',
    unconfirmed: false,
    detectedAt: null,
    severity: null,
    answers: {},
    reason: null,
    commander: null,
    ...said,
  })
}
