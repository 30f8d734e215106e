import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { keptBytesOf, LogTailReader } from '../../../main/docker/log-tail.ts'

const stamp = '2026-03-04T12:00:00.123456789Z'

function frame(text: string | Buffer, stream = 2): Buffer {
  const body = Buffer.from(text)
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}

function read(pieces: readonly Buffer[], keptBytes = 2 ** 21) {
  const reader = new LogTailReader(keptBytes)
  for (const piece of pieces) if (reader.push(piece) === 'enough') break
  return reader.end()
}

const texts = (pieces: readonly Buffer[]) => read(pieces).lines.map(({ text }) => text)

describe('a log in frames', () => {
  test('gives its lines with their times', () => {
    expect(read([frame(`${stamp} one\n`), frame(`${stamp} two\n`)])).toMatchObject({
      lines: [
        { at: stamp, text: 'one', cut: false },
        { at: stamp, text: 'two', cut: false },
      ],
      truncated: null,
      wrong: null,
    })
  })

  test('reads alike however its bytes are cut up', () => {
    const whole = Buffer.concat([frame(`${stamp} a – ü\n`), frame(`${stamp} half`), frame(' a line\n'), frame('')])
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 20 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), whole.length]
        const pieces = at.slice(1).map((end, place) => whole.subarray(at[place], end))
        expect(texts(pieces)).toEqual(['a – ü', 'half a line'])
      }),
    )
  })

  test.each([
    [
      'a length that is not true',
      Buffer.from([2, 0, 0, 0, 255, 255, 255, 255]),
      'The log ends in the middle of a frame.',
    ],
    ['half a header', Buffer.from([2, 0, 0]), 'The log ends in the middle of a frame.'],
    ['an unknown stream', frame('x', 9), 'What came is no log, or turns into something else; the rest was let go.'],
    [
      'bytes that must be zero',
      Buffer.from([1, 1, 1, 1, 0, 0, 0, 1, 65]),
      'What came is no log, or turns into something else; the rest was let go.',
    ],
  ])('with %s keeps what came before, and says so', (_name, fault, wrong) => {
    expect(read([frame(`${stamp} good\n`), fault])).toMatchObject({ lines: [{ text: 'good' }], wrong })
  })

  test('may be empty', () => {
    expect(read([])).toMatchObject({ lines: [], bytes: Buffer.alloc(0), wrong: null })
  })
})

describe('a log of a terminal', () => {
  test('has no frames', () => {
    expect(texts([Buffer.from(`${stamp} hello\r\n${stamp} \u001b[31mred\r\n`)])).toEqual(['hello', '\u001b[31mred'])
  })

  test.each(['<html><body>Sign in</body></html>', 'null', '{"message":"x"}', '404 page not found', '[]'])(
    'is not %s',
    (text) => {
      const { lines, wrong } = read([Buffer.from(text)])
      expect(wrong).not.toBeNull()
      expect(lines.every(({ at }) => at === null)).toBe(true)
    },
  )
})

describe('bounds', () => {
  test('keeps the newest 200 lines', () => {
    const lines = Array.from({ length: 300 }, (_, at) => frame(`${stamp} line ${at}\n`))
    const { bytes, lines: shown, truncated } = read(lines)
    expect(bytes.toString().split('\n')).toHaveLength(201)
    expect(shown.at(-1)?.text).toBe('line 299')
    expect(shown).toHaveLength(20)
    const sizes = Array.from({ length: 300 }, (_, at) => `${stamp} line ${at}\n`.length)
    expect(truncated).toEqual({ bytes: sizes.reduce((sum, size) => sum + size, 0) })
  })

  test('keeps the newest bytes', () => {
    const { bytes, truncated } = read(
      Array.from({ length: 10 }, () => frame(`${stamp} ${'x'.repeat(1_000)}\n`)),
      5_000,
    )
    expect(bytes.length).toBeLessThan(5_000)
    expect(truncated).not.toBeNull()
  })

  test('cuts a line at 1 MiB, marks it, and reads on', () => {
    const huge = Buffer.alloc(3 * 2 ** 20, 'x y '.repeat(4))
    const { lines, truncated, bytes } = read([frame(`${stamp} `), frame(huge), frame(`\n${stamp} next\n`)])
    expect(lines.map(({ cut }) => cut)).toEqual([true, false])
    expect(lines[1]?.text).toBe('next')
    expect(bytes.length).toBeLessThan(2 ** 20 + 100)
    expect(truncated).not.toBeNull()
  })

  test('lets go the last word of a cut line, as it may be half a secret', () => {
    const secret = `postgres://app:${'s3cret'.repeat(10)}`
    const line = `${stamp} ${'x '.repeat((2 ** 20 - 60) / 2)}${secret}${'y'.repeat(2 ** 20)}`
    expect(read([frame(`${line}\n`)]).bytes.includes('s3cret')).toBe(false)
  })

  test('stops after 16 MiB of a log without an end', () => {
    const piece = frame(`${stamp} ${'x'.repeat(60_000)}\n`)
    const reader = new LogTailReader(2 ** 21)
    let pushed = 1
    while (reader.push(piece) === 'more') pushed += 1
    expect(pushed * piece.length).toBeLessThan(17 * 2 ** 20)
    expect(reader.end().truncated).toEqual({ bytes: -1 })
  })

  test('shares out what is kept over all streams', () => {
    expect([1, 100, 10_000].map(keptBytesOf)).toEqual([2 ** 21, Math.floor(2 ** 26 / 100), 2 ** 16])
  })
})

describe('bytes that are not UTF-8', () => {
  test('show as U+FFFD and are kept as they came', () => {
    const junk = Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3])
    const { lines, bytes } = read([frame(Buffer.concat([Buffer.from(`${stamp} `), junk, Buffer.from('\n')]))])
    expect(lines[0]?.text).toBe('\uFFFD\uFFFD\u0000\uFFFD\uFFFD')
    expect(bytes.includes(junk)).toBe(true)
  })
})

test('secrets are masked before anything is kept, also where a frame cuts through them', () => {
  const { lines, bytes, masked } = read([frame(`${stamp} https://u:hun`), frame('ter2@h\n')])
  expect(lines[0]?.text).toBe('https://u:[masked: url password]@h')
  expect(bytes.includes('ter2')).toBe(false)
  expect(masked).toEqual([{ rule: 'url password', count: 1 }])
})
