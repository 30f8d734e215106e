import type { Tasks } from '../../shared/tasks/entries.ts'
import { useNow, useZone } from '../stores.ts'
import { clockFace, minuteOfDay } from '../words/time.ts'
import { todoWords } from '../words/todo.ts'

/** As many as a commander has in mind. */
const SHOWN = 5

/** The newest tasks: whose, what, and how long until somebody asks back. */
export function TaskList({ tasks }: { readonly tasks: Tasks }) {
  const nowMs = useNow()
  const zone = useZone()
  const { given } = tasks
  if (given.length === 0) return null
  const earlier = given.length - SHOWN
  return (
    <div>
      <h3 className="col-title">
        {todoWords.tasks} {earlier > 0 ? <span className="r">{todoWords.earlierTasks(earlier)}</span> : null}
      </h3>
      <ul className="card tasks">
        {given
          .slice(-SHOWN)
          .toReversed()
          .map(({ entry, owner, text, at, minutes }) => {
            const leftMs = minutes === null ? null : Date.parse(at) + minutes * 60_000 - nowMs
            return (
              <li key={entry}>
                <span>
                  <b>{owner}</b> {text}
                </span>
                <span className={leftMs !== null && leftMs < 0 ? 'task-time line-due' : 'task-time faint'}>
                  {leftMs === null
                    ? todoWords.givenAt(minuteOfDay(at, zone))
                    : leftMs < 0
                      ? todoWords.askBack(clockFace(leftMs))
                      : todoWords.left(clockFace(leftMs))}
                </span>
              </li>
            )
          })}
      </ul>
    </div>
  )
}
