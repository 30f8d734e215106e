import { describe, expect, it, test } from 'vitest'
import type { Step } from '../../../shared/packs/step.ts'
import { stepsOf } from '../../../shared/packs/steps-of.ts'
import { covering, inOneLine, requirementsOf, shippedPack } from './requirements.ts'

const pack = shippedPack('dharma')
const steps: Step[] = stepsOf(pack).map(({ step }) => step)
const requirements = (kind: string) => requirementsOf('DHA-', kind)

/** What a step does, without the defaults of its form. */
function doing(step: Step): object {
  if (step.type === 'evidence') return step.take
  return 'call' in step ? step.call : step
}

const typed: Record<string, [type: Step['type'], what: object, command?: string]> = {}
const probes = (rows: Record<string, [what: object, command: string]>) => {
  for (const [id, [what, command]] of Object.entries(rows)) typed[id] = ['probe', what, command]
}
const actions = (rows: Record<string, [what: object, command: string]>) => {
  for (const [id, [what, command]] of Object.entries(rows)) typed[id] = ['action', what, command]
}
const captures = (rows: Record<string, [what: object, command: string]>) => {
  for (const [id, [what, command]] of Object.entries(rows)) typed[id] = ['evidence', what, command]
}
const programs = (rows: Record<string, [what: object, command: string]>) => {
  for (const [id, [what, command]] of Object.entries(rows)) typed[id] = ['local-command', what, command]
}

const folder = '/var/log/incidents/${INCIDENT_ID}'
const psql = 'psql -h localhost -U dharma_user -d dharma_db -c'
const postgresql = { target: 'postgresql' }
const mongodb = { target: 'mongodb' }
const service = { services: ['${SERVICE_NAME}'] }
const log = (container: string, tail: number): [object, string] => [
  { kind: 'container-logs', container, tail },
  `docker logs ${container} --tail ${tail}`,
]
const health = (name: string, port: number): [object, string] => [
  { kind: 'http-get', target: name, path: '/health', method: 'GET' },
  `curl -s -o /dev/null -w "%{http_code}" http://${name}:${port}/health | grep -q "200"`,
]

// Containment.
typed['DHA-100'] = ['manual', { effect: 'changes' }]
typed['DHA-104'] = [
  'statement',
  { ...postgresql, forEach: 'COMPROMISED_USERS', values: ['${value}'] },
  `${psql} " UPDATE users SET status = 'disabled', disabled_reason = 'Security incident', disabled_at = NOW() WHERE username = '\${value}'; "`,
]
typed['DHA-107'] = ['manual', { effect: 'changes' }]
programs({
  'DHA-102': [
    { place: 'server', run: { argv: ['iptables', '-A', 'INPUT', '-s', '${value}', '-j', 'DROP'] } },
    'iptables -A INPUT -s ${value} -j DROP',
  ],
})
actions({
  'DHA-106': [
    { kind: 'redis-delete', key: 'api_key:${value}' },
    'for key in $COMPROMISED_API_KEYS; do redis-cli DEL "api_key:$key" done',
  ],
})

// Evidence and what is read from it.
captures({
  'DHA-110': [{ from: 'incident', part: 'place' }, `mkdir -p ${folder}`],
  'DHA-111': [{ from: 'files', files: '/var/log/auth.log' }, `cp /var/log/auth.log ${folder}/`],
  'DHA-112': [{ from: 'files', files: '/var/log/syslog' }, `cp /var/log/syslog ${folder}/`],
  'DHA-113': [{ from: 'files', files: '/var/log/dharma/*.log' }, `cp /var/log/dharma/*.log ${folder}/`],
  'DHA-114': [
    { from: 'database', ...postgresql, database: 'dharma_db' },
    `pg_dump -h localhost -U dharma_user dharma_db > ${folder}/database_snapshot.sql`,
  ],
  'DHA-115': [
    { call: { kind: 'host-sockets', listening: false, summary: false } },
    `netstat -tuln > ${folder}/network_connections.txt`,
  ],
  'DHA-116': [{ call: { kind: 'host-sockets', listening: true } }, `ss -tuln > ${folder}/socket_stats.txt`],
  'DHA-117': [{ call: { kind: 'host-processes', limit: null, match: null } }, `ps aux > ${folder}/process_list.txt`],
  'DHA-118': [{ call: { kind: 'host-open-files' } }, `lsof > ${folder}/open_files.txt`],
  'DHA-120': [{ from: 'program', run: { argv: ['dd', 'if=/dev/mem'] } }, `dd if=/dev/mem of=${folder}/memory_dump.img`],
  'DHA-121': [
    { from: 'incident', part: 'hashes' },
    `find ${folder} -type f -exec sha256sum {} \\; > ${folder}/evidence_hashes.txt`,
  ],
  'DHA-122': [{ from: 'incident', part: 'place' }, `echo "Evidence preserved in ${folder}"`],
  'DHA-124': [{ from: 'incident', part: 'place' }, `mkdir -p ${folder}/analysis`],
  'DHA-125': [
    {
      call: {
        kind: 'evidence-scan',
        from: 'auth-log',
        pattern: '(Failed|Accepted)',
        fields: [1, 2, 3, 9, 11],
        count: true,
      },
    },
    `grep -E "(Failed|Accepted)" ${folder}/auth.log | awk '{print $1, $2, $3, $9, $11}' | sort | uniq -c | sort -nr >> ${folder}/analysis/auth_analysis.txt`,
  ],
  'DHA-127': [
    {
      call: {
        kind: 'log-scan',
        files: ['/var/log/dharma/api-gateway.log'],
        pattern: 'API',
        also: '(401|403|429)',
        fields: [1, 4, 7, 9],
        count: true,
      },
    },
    `grep "API" /var/log/dharma/api-gateway.log | grep -E "(401|403|429)" | awk '{print $1, $4, $7, $9}' | sort | uniq -c | sort -nr >> ${folder}/analysis/api_analysis.txt`,
  ],
})
typed['DHA-126'] = [
  'statement',
  { ...postgresql, effect: { does: 'reads' }, saveAs: 'db_analysis.txt' },
  `${psql} " SELECT username, action, resource_type, timestamp, details FROM audit_logs WHERE timestamp > NOW() - INTERVAL '24 hours' ORDER BY timestamp DESC; " >> ${folder}/analysis/db_analysis.txt`,
]
typed['DHA-128'] = ['manual', { effect: 'reads', saveAs: 'network_analysis.txt' }]

// Health.
probes({
  'DHA-133': [{ kind: 'compose-list', services: [] }, 'docker-compose ps'],
  'DHA-134': [{ kind: 'mongodb-ping', ...mongodb }, 'mongo --eval "db.runCommand({ping: 1})" --quiet'],
  'DHA-135': [
    { kind: 'mongodb-status', ...mongodb, part: 'connections' },
    'mongo --eval "db.serverStatus().connections" --quiet',
  ],
  'DHA-136': log('dharma_mongodb_1', 20),
  'DHA-137': [{ kind: 'postgres-ready', ...postgresql }, 'pg_isready -h localhost -p 5432'],
  'DHA-138': [{ kind: 'postgres-connections', ...postgresql }, `${psql} "SELECT count(*) FROM pg_stat_activity;"`],
  'DHA-139': log('dharma_postgresql_1', 20),
  'DHA-140': [{ kind: 'redis-ping', target: 'redis' }, 'redis-cli ping'],
  'DHA-141': [{ kind: 'redis-info', target: 'redis', section: 'replication' }, 'redis-cli info replication'],
  'DHA-142': log('dharma_redis_1', 20),
  'DHA-143': [{ kind: 'elasticsearch-health' }, 'curl -s http://localhost:9200/_cluster/health'],
  'DHA-144': [
    { kind: 'elasticsearch-health', json: '.status' },
    "curl -s http://localhost:9200/_cluster/health | jq '.status'",
  ],
  'DHA-145': log('dharma_elasticsearch_1', 20),
  'DHA-146': health('api-gateway', 8000),
  'DHA-147': log('dharma_api-gateway_1', 10),
  'DHA-148': health('data-collection', 8001),
  'DHA-149': log('dharma_data-collection_1', 10),
  'DHA-150': health('ai-analysis', 8002),
  'DHA-151': log('dharma_ai-analysis_1', 10),
  'DHA-152': health('alert-management', 8003),
  'DHA-153': log('dharma_alert-management_1', 10),
  'DHA-154': [{ kind: 'host-cpu' }, "top -bn1 | grep \"Cpu(s)\" | awk '{print $2}' | cut -d'%' -f1"],
  'DHA-155': [{ kind: 'host-memory' }, `free | grep Mem | awk '{printf("%.1f%%", $3/$2 * 100.0)}'`],
  'DHA-156': [{ kind: 'host-disk', path: '/' }, `df -h / | awk 'NR==2{printf "%s", $5}'`],
})

// Recovery.
actions({
  'DHA-162': [{ kind: 'compose-restart', ...service }, 'docker-compose restart ${SERVICE_NAME}'],
  'DHA-166': [{ kind: 'compose-stop', ...service }, 'docker-compose stop ${SERVICE_NAME}'],
  'DHA-167': [{ kind: 'compose-remove', ...service }, 'docker-compose rm -f ${SERVICE_NAME}'],
  'DHA-168': [{ kind: 'compose-build', ...service }, 'docker-compose build ${SERVICE_NAME}'],
  'DHA-169': [{ kind: 'compose-start', ...service, recreate: false }, 'docker-compose up -d ${SERVICE_NAME}'],
  'DHA-172': [{ kind: 'compose-stop', ...service }, 'docker-compose stop ${SERVICE_NAME}'],
  'DHA-174': [
    { kind: 'mongodb-restore', ...mongodb, folder: '${mongodb-backup}', drop: true },
    'mongorestore --drop --dir=${mongodb-backup}',
  ],
  'DHA-176': [
    { kind: 'postgres-load', ...postgresql, database: 'dharma_db', file: '${postgresql-backup}' },
    'psql -h localhost -U dharma_user -d dharma_db < ${postgresql-backup}',
  ],
  'DHA-177': [{ kind: 'compose-start', ...service }, 'docker-compose up -d ${SERVICE_NAME}'],
})
probes({
  'DHA-164': [{ kind: 'compose-list', ...service }, 'docker-compose ps ${SERVICE_NAME} | grep -q "Up"'],
  'DHA-165': log('dharma_${SERVICE_NAME}_1', 50),
  'DHA-171': [{ kind: 'compose-list', ...service }, 'docker-compose ps ${SERVICE_NAME} | grep -q "Up"'],
  'DHA-173': [
    { kind: 'file-list', files: '/backup/dharma/mongodb_*', newest: true },
    'ls -t /backup/dharma/mongodb_* | head -1',
  ],
  'DHA-175': [
    { kind: 'file-list', files: '/backup/dharma/postgresql_*', newest: true },
    'ls -t /backup/dharma/postgresql_* | head -1',
  ],
})

// Performance.
const quantile = 'histogram_quantile(0.95,rate(http_request_duration_seconds_bucket[5m]))'
const perService = '.data.result[] | {service: .metric.service, p95_response_time: .value[1]}'
probes({
  'DHA-182': [{ kind: 'host-load' }, "uptime | awk -F'load average:' '{print $2}'"],
  'DHA-183': [{ kind: 'host-cpu' }, 'top -bn1 | grep "Cpu(s)"'],
  'DHA-184': [{ kind: 'host-memory' }, 'free -h'],
  'DHA-185': [{ kind: 'host-io', samples: 3, everySeconds: 1 }, 'iostat -x 1 3 | tail -n +4'],
  'DHA-186': [{ kind: 'host-sockets', summary: true }, 'ss -s'],
  'DHA-187': [
    { kind: 'mongodb-status', ...mongodb, part: 'opcounters' },
    'mongo --eval "db.serverStatus().opcounters" --quiet',
  ],
  'DHA-188': [
    { kind: 'mongodb-status', ...mongodb, part: 'connections' },
    'mongo --eval "db.serverStatus().connections" --quiet',
  ],
  'DHA-189': [
    { kind: 'mongodb-operations', ...mongodb, longerThanSeconds: 1 },
    `mongo --eval "db.currentOp({'secs_running': {\\$gte: 1}})" --quiet`,
  ],
  'DHA-191': [
    {
      kind: 'postgres-slow-queries',
      ...postgresql,
      longerThanMs: 1000,
      columns: ['query', 'calls', 'total_time', 'mean_time', 'rows'],
      limit: 10,
    },
    `${psql} " SELECT query, calls, total_time, mean_time, rows FROM pg_stat_statements WHERE mean_time > 1000 ORDER BY mean_time DESC LIMIT 10; "`,
  ],
  'DHA-193': [
    { kind: 'postgres-long-queries', ...postgresql, activeLongerThanSeconds: 30 },
    `${psql} " SELECT pid, now() - pg_stat_activity.query_start AS duration, query FROM pg_stat_activity WHERE (now() - pg_stat_activity.query_start) > interval '30 seconds' AND state = 'active'; "`,
  ],
  'DHA-195': [
    { kind: 'prometheus-query', query: quantile, json: perService },
    `curl -s 'http://localhost:9090/api/v1/query?query=${quantile}' | jq '${perService}'`,
  ],
  'DHA-196': [
    { kind: 'container-stats', containers: [] },
    'docker stats --no-stream --format "table {{.Container}}\\t{{.CPUPerc}}\\t{{.MemUsage}}\\t{{.MemPerc}}"',
  ],
  'DHA-200': [{ kind: 'host-processes', sortBy: 'cpu', limit: 10 }, 'ps aux --sort=-%cpu | head -10'],
  'DHA-216': [{ kind: 'host-sockets', listening: false, summary: true }, 'netstat -tuln | wc -l'],
})
const options = '/usr/share/elasticsearch/config/jvm.options'
const heap = (size: string): [object, string] => [
  { place: 'elasticsearch', run: { script: `printf '%s\\n' "$1" >> ${options}`, parameters: [size] } },
  `docker-compose exec elasticsearch bash -c " echo '${size}' >> ${options} "`,
]
const setting = (line: string): [object, string] => [
  { place: 'server', run: { argv: ['tee', '-a', '/etc/sysctl.conf'] }, stdin: { text: `${line}\n` } },
  `echo '${line}' >> /etc/sysctl.conf`,
]
actions({
  'DHA-201': [
    { kind: 'container-limit', container: 'dharma_ai-analysis_1', cpus: 2 },
    'docker update --cpus="2.0" dharma_ai-analysis_1',
  ],
  'DHA-202': [
    { kind: 'container-limit', container: 'dharma_data-collection_1', cpus: 1.5 },
    'docker update --cpus="1.5" dharma_data-collection_1',
  ],
  'DHA-205': [{ kind: 'compose-restart', services: ['ai-analysis'] }, 'docker-compose restart ai-analysis'],
  'DHA-208': [{ kind: 'compose-restart', services: ['elasticsearch'] }, 'docker-compose restart elasticsearch'],
  'DHA-209': [
    { kind: 'mongodb-reindex', ...mongodb, collection: 'posts' },
    'mongo --eval "db.posts.reIndex()" --quiet',
  ],
  'DHA-210': [
    { kind: 'mongodb-reindex', ...mongodb, collection: 'campaigns' },
    'mongo --eval "db.campaigns.reIndex()" --quiet',
  ],
  'DHA-211': [
    { kind: 'mongodb-clear-plan-cache', ...mongodb, collection: 'posts' },
    `mongo --eval "db.runCommand({planCacheClear: 'posts'})" --quiet`,
  ],
  'DHA-212': [
    { kind: 'postgres-maintain', ...postgresql, what: 'vacuum-analyze', table: 'alerts' },
    `${psql} "VACUUM ANALYZE alerts;"`,
  ],
  'DHA-213': [
    { kind: 'postgres-maintain', ...postgresql, what: 'vacuum-analyze', table: 'audit_logs' },
    `${psql} "VACUUM ANALYZE audit_logs;"`,
  ],
  'DHA-214': [
    { kind: 'postgres-maintain', ...postgresql, what: 'reindex', table: null },
    `${psql} "REINDEX DATABASE dharma_db;"`,
  ],
  'DHA-215': [{ kind: 'redis-flush', target: 'redis' }, 'redis-cli FLUSHDB'],
})
programs({
  'DHA-203': [{ place: 'server', run: { argv: ['sync'] } }, 'sync'],
  'DHA-204': [
    { place: 'server', run: { argv: ['tee', '/proc/sys/vm/drop_caches'] }, stdin: { text: '3\n' } },
    'echo 3 > /proc/sys/vm/drop_caches',
  ],
  'DHA-206': heap('-Xms8g'),
  'DHA-207': heap('-Xmx8g'),
  'DHA-217': setting('net.core.rmem_max = 134217728'),
  'DHA-218': setting('net.core.wmem_max = 134217728'),
  'DHA-219': [{ place: 'server', run: { argv: ['sysctl', '-p'] } }, 'sysctl -p'],
})

describe('each step of the procedures', () => {
  const rows = [...requirements('probe'), ...requirements('action'), ...requirements('evidence')]

  test.each(rows)('$id $title', ({ id }) => {
    const step = covering(steps, id)
    const [type, what = {}, command] = typed[id] ?? []
    expect(step.type).toBe(type)
    expect(doing(step)).toMatchObject(what)
    expect('command' in step && step.command !== undefined ? inOneLine(step.command) : undefined).toBe(command)
  })

  it.each(['DHA-104', 'DHA-126'])('%s gives the database the statement of its command', (id) => {
    const step = covering(steps, id)
    if (step.type !== 'statement') throw new Error(`${id} is no statement`)
    expect(inOneLine(step.command)).toContain(inOneLine(step.statement).replace('$1', "'${value}'"))
  })

  it('types no other', () => {
    expect(Object.keys(typed).toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
  })

  const named = rows.flatMap(({ id, detail }) => {
    const name = / (?:> |of=|→ (?:analysis\/)?)([a-z_]+\.[a-z]+)/.exec(detail)?.[1]
    return name === undefined ? [] : [{ id, name }]
  })

  test.each(named)('$id is kept as $name', ({ id, name }) => {
    expect(covering(steps, id)).toMatchObject({ saveAs: name })
  })

  it('keeps under their names what the scripts write to files', () => {
    expect(named.map(({ id }) => Number(id.slice(4))).toSorted((a, b) => a - b)).toEqual([
      114, 115, 116, 117, 118, 120, 121, 125, 126, 127, 128,
    ])
  })

  test.each(requirements('wait'))('$id $title', ({ id, title, detail }) => {
    const step = covering(steps, id)
    expect(step).toMatchObject({ type: 'wait', seconds: Number(/\d+/.exec(title)?.[0]), title })
    expect(detail.startsWith('command' in step ? (step.command ?? '?') : '?')).toBe(true)
  })
})
