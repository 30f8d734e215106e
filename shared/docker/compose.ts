/** What docker compose writes on the containers that it makes (compose-spec/compose-go and docker/compose, v2: pkg/api/labels.go). */
export interface ComposePlace {
  readonly project: string | null
  readonly service: string | null
  /** Services that this one waits for. */
  readonly dependsOn: string[]
  /** Made by `docker compose run`: a task for once. */
  readonly oneOff: boolean
}

export function composePlaceOf(labels: Readonly<Record<string, string>>): ComposePlace {
  return {
    project: labels['com.docker.compose.project'] ?? null,
    service: labels['com.docker.compose.service'] ?? null,
    dependsOn: dependsOn(labels['com.docker.compose.depends_on'] ?? ''),
    oneOff: labels['com.docker.compose.oneoff'] === 'True',
  }
}

/** 'db:service_healthy:true,cache:service_started:false' */
function dependsOn(label: string): string[] {
  return label
    .split(',')
    .map((one) => one.split(':')[0]?.trim() ?? '')
    .filter((name) => name !== '')
    .slice(0, 100)
}
