const SIZE = 32

/** A filled circle with a hole, as a bitmap of four bytes for each pixel (blue, green, red, opacity). */
export function trayIcon(): { bitmap: Buffer; size: { width: number; height: number; scaleFactor: number } } {
  const bitmap = Buffer.alloc(SIZE * SIZE * 4)
  for (let y = 0; y < SIZE; y += 1) {
    for (let x = 0; x < SIZE; x += 1) {
      const distance = Math.hypot(x + 0.5 - SIZE / 2, y + 0.5 - SIZE / 2)
      if (distance <= 14 && distance > 7) bitmap.writeUInt32BE(0x3a_7b_f2_ff, (y * SIZE + x) * 4)
    }
  }
  return { bitmap, size: { width: SIZE, height: SIZE, scaleFactor: 2 } }
}
