import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  protocol,
  session,
  shell,
  Tray,
} from 'electron'
import { runElectron } from './electron/run.ts'
import { leaveMemoryOutOfCoreDumps } from './core-dumps.ts'
import { projectFolders } from './project-folders.ts'

leaveMemoryOutOfCoreDumps()
void runElectron(
  { app, BrowserWindow, dialog, ipcMain, Menu, Notification, nativeImage, protocol, session, shell, Tray },
  {
    argv: process.argv,
    env: process.env,
    platform: process.platform,
    folders: projectFolders(import.meta.url),
    loadApp: async () => (await import('./app.ts')).startApp,
    tell: (line) => void process.stderr.write(`${line}\n`),
  },
)
