// The files of a state of a repository, seen through the disk. What a state has in common with the working tree is read
// from there; only paths that differ come from git's objects, and only when they are asked for. So nothing is checked out
// or listed, and the cost grows with what differs. Installed packages and whatever else git does not know are the same in
// all states.
//
// Left out: a folder that holds nothing but files of the working tree still counts as a folder in other states.

import type { FileReader } from '../base/files';
import type { GitRepository, TreeEntry } from '../base/git';

/** Content of a path in a state: a blob of a repository, or nothing. */
export type Content = (Omit<TreeEntry, 'path'> & { readonly repository: GitRepository }) | null;

/** By absolute path, where a state differs from the disk. */
export type Overlay = ReadonlyMap<string, Content>;

const LINK = '120000';
const MOST_LINKS = 8;

/** Larger blobs are no source code that somebody writes; files of the disk have the same limit. */
const LARGEST_TEXT = 4 * 1024 * 1024;

/** Blobs by id, each read once. */
export class Blobs {
  private readonly kept = new Map<string, Uint8Array | undefined>();

  /** Reads many at once, which takes git no longer than one. */
  fetch(contents: Iterable<Content>): void {
    const wanted = new Map<GitRepository, Set<string>>();
    for (const content of contents) {
      if (content === null || this.kept.has(content.id)) continue;
      const ids = wanted.get(content.repository) ?? new Set();
      wanted.set(content.repository, ids.add(content.id));
    }
    for (const [repository, ids] of wanted) {
      const found = repository.blobs([...ids]);
      for (const id of ids) this.kept.set(id, found.get(id));
    }
  }

  bytes(content: Content): Uint8Array | undefined {
    if (content === null) return undefined;
    this.fetch([content]);
    return this.kept.get(content.id);
  }

  /** Text of a blob; undefined for what is no text in UTF-8, or too large. */
  text(content: Content): string | undefined {
    const bytes = this.bytes(content);
    return bytes && bytes.length <= LARGEST_TEXT ? decoded(bytes) : undefined;
  }
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads a state's files, relative paths from its top folder: there programs are started. Symbolic links are followed
 * inside the state.
 */
export function stateReader(disk: FileReader, overlay: Overlay, blobs: Blobs, top: string): FileReader {
  const folders = foldersOf(overlay);
  const texts = new Map<string, string | undefined>();
  const read = (path: string, links = 0): string | undefined => {
    const content = overlay.get(path);
    if (content === undefined) return disk.read(path);
    if (content?.mode !== LINK) return blobs.text(content);
    const target = blobs.text(content);
    return target === undefined || links >= MOST_LINKS
      ? undefined
      : read(pathFrom(folderOf(path), target), links + 1);
  };
  return {
    read(path) {
      if (!texts.has(path)) texts.set(path, read(pathFrom(top, path)));
      return texts.get(path);
    },
    isFolder(path) {
      const place = pathFrom(top, path);
      return folders.has(place) || (!overlay.has(place) && disk.isFolder(place));
    },
    list: (path) => namesIn(pathFrom(top, path), disk, overlay),
  };
}

/** Names in a folder of a state: those on the disk without what is not there yet or any more, and what is there alone. */
function namesIn(folder: string, disk: FileReader, overlay: Overlay): readonly string[] | undefined {
  const onDisk = disk.list?.(folder);
  const names = new Set(onDisk);
  for (const [path, content] of overlay) {
    if (!path.startsWith(`${folder}/`)) continue;
    const [name = '', ...below] = path.slice(folder.length + 1).split('/');
    if (content !== null) names.add(name);
    else if (below.length === 0) names.delete(name);
  }
  return onDisk === undefined && names.size === 0 ? undefined : [...names].sort();
}

/** Folders of files that stand in a state and perhaps not on the disk. */
function foldersOf(overlay: Overlay): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const [path, content] of overlay) {
    if (content === null) continue;
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      folders.add(path.slice(0, at));
  }
  return folders;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** A path as seen from a folder, without `.` and `..`; what is no path of a file system stays as it is. */
export function pathFrom(folder: string, path: string): string {
  if (/^[a-z][a-z0-9+.-]+:/i.test(path)) return path;
  const absolute = path.startsWith('/') || /^[a-z]:/i.test(path);
  if (absolute && !/\/\.|\/\//.test(path)) return path;
  const parts: string[] = [];
  for (const part of (absolute ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts.join('/');
}
