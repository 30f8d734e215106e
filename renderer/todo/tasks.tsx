import { runningTasks, type Task, type Tasks } from '../../shared/tasks/entries.ts'
import { useNow, useStores, useZone } from '../stores.ts'
import { clockFace, minuteOfDay } from '../words/time.ts'
import { todoWords } from '../words/todo.ts'
import '../tasks/tasks.css'

/** As many as a commander has in mind. */
const SHOWN = 5

interface Props {
  readonly incident: string
  readonly tasks: Tasks
}

/** The tasks that run, those first of which somebody is to ask back soonest: whose, what, and how long until then. */
export function TaskList({ incident, tasks }: Props) {
  const running = runningTasks(tasks).toSorted((a, b) => dueMs(a) - dueMs(b))
  if (running.length === 0) return null
  const more = running.length - SHOWN
  return (
    <div>
      <h3 className="col-title">
        {todoWords.tasks} <span className="r">{todoWords.runningTasks(running.length, Math.max(0, more))}</span>
      </h3>
      <ul className="card tasks">
        {running.slice(0, SHOWN).map((task) => (
          <TaskLine key={task.entry} incident={incident} task={task} />
        ))}
      </ul>
    </div>
  )
}

function TaskLine({ incident, task }: { readonly incident: string; readonly task: Task }) {
  const { view } = useStores()
  const nowMs = useNow()
  const zone = useZone()
  const leftMs = task.askBack === null ? null : dueMs(task) - nowMs
  return (
    <li>
      <button
        type="button"
        className="task"
        onClick={() => view.open({ name: 'task', id: incident, entry: task.entry })}
      >
        <span className="task-what">
          <b>{task.owner}</b> {task.text}
        </span>
        <span className={leftMs !== null && leftMs < 0 ? 'task-time line-due' : 'task-time faint'}>
          {leftMs === null
            ? todoWords.givenAt(minuteOfDay(task.at, zone))
            : leftMs < 0
              ? `△ ${todoWords.askBack(clockFace(leftMs))}`
              : todoWords.left(clockFace(leftMs))}
        </span>
      </button>
    </li>
  )
}

/** When somebody asks back, ms since 1970; those of whom nobody does come last. */
function dueMs({ askBack }: Task): number {
  return askBack === null ? Number.POSITIVE_INFINITY : Date.parse(askBack.from) + askBack.minutes * 60_000
}
