import type { Pack, Role } from '../../shared/packs/pack.ts'
import { anchors } from '../../shared/packs/search.ts'
import { packWords } from '../words/packs.ts'
import { Part } from './sheet-part.tsx'
import { Yours } from './whose.tsx'

/** The roles of a pack, each with its duties and how it is reached; and who says yes to what. */
export function PackPeople({ pack }: { readonly pack: Pack }) {
  const titleOf = (role: string) => pack.roles.find(({ id }) => id === role)?.title ?? role
  return (
    <>
      <Part id="roles" title={packWords.roles} count={pack.roles.length}>
        <ul className="role-cards">
          {pack.roles.map((role) => (
            <RoleCard key={role.id} role={role} pack={pack} />
          ))}
        </ul>
      </Part>
      <Part id="approvals" title={packWords.approvals} count={pack.approvals.length}>
        <ul className="sheet-lines">
          {pack.approvals.map((approval, place) => (
            <li key={approval.id}>
              <b>{approval.title}</b>{' '}
              {approval.roles.length === 0 ? (
                <span className="line-due">{packWords.notSet}</span>
              ) : (
                <span className="soft">
                  {approval.roles.map((roles) => roles.map(titleOf).join(' or ')).join(' + ')}
                </span>
              )}
              <Yours pack={pack.id} path={`approvals[${place}].roles`} />
              {approval.rules.map((rule) => (
                <p key={rule.id} className="faint">
                  {rule.text}
                </p>
              ))}
            </li>
          ))}
        </ul>
      </Part>
    </>
  )
}

function RoleCard({ role, pack }: { readonly role: Role; readonly pack: Pack }) {
  const codeOf = (id: string) => pack.severities.find((one) => one.id === id)?.code ?? id
  const contacts = pack.contacts.filter((contact) => contact.role === role.id)
  const commands = pack.commander.filter((rule) => rule.roles.includes(role.id)).flatMap((rule) => rule.severities)
  return (
    <li className="card" id={anchors.role(role.id)} tabIndex={-1}>
      <p>
        <b>{role.title}</b>{' '}
        <span className="faint">
          {[
            role.team === undefined ? '' : packWords.team[role.team],
            commands.length === 0 ? '' : `commands at ${commands.map(codeOf).join(', ')}`,
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </p>
      {role.summary === undefined ? null : <p className="soft">{role.summary}</p>}
      {role.when === undefined ? null : <p className="soft">{role.when}</p>}
      {contacts.map((contact) => (
        <p key={`${contact.trigger} ${contact.responsibility}`} className="soft">
          {[contact.responsibility, contact.trigger].filter((part) => part !== null).join(' · ')}{' '}
          {contact.addresses.map(({ means, value }) => (
            <span key={value} className="mono">
              {means} {value}{' '}
            </span>
          ))}
        </p>
      ))}
      {role.onCall.map((one) => (
        <p key={`${one.hours} ${one.severities.join()} ${one.condition}`} className="faint">
          {[
            packWords.onCall[one.hours],
            one.severities.length === 0 ? '' : `at ${one.severities.map(codeOf).join(', ')}`,
            one.condition ?? '',
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </p>
      ))}
      {role.duties.length === 0 ? null : (
        <details className="fold">
          <summary>{packWords.duties(role.duties.length)}</summary>
          <ul className="bullets">
            {role.duties.map((duty) => (
              <li key={duty.id}>{duty.text}</li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}
