import { createHash } from 'node:crypto';
import { MetabaseError } from '../../src/errors.ts';
import { makePlan, type MissingValues } from '../../src/patch/make-plan.ts';
import { type RequestOptions, toRequest } from '../../src/patch/request.ts';
import type { Hash } from '../../src/report/digest.ts';
import { reportPage } from '../../src/report/page.ts';
import style from '../../src/report/report.css';
import { type FileResult, fileResult, refusedResult } from '../../src/report/result.ts';
import { read, sourceOf } from '../support/reading.ts';

export const newHash = (): Hash => createHash('sha256');

/** @returns What a dry run finds in a file; with `report` for missing values, what show and check do. */
export function resultOf(
  file: string,
  text: string,
  options: RequestOptions = {},
  context = 3,
  missing: MissingValues = 'refuse',
): FileResult {
  const source = sourceOf(text);
  try {
    const plan = makePlan(source, read(source), toRequest(options), missing);
    const result = fileResult(file, source, plan, { positions: true, context, newHash });
    return { ...result, outputName: file.replace('.xml', '.patched.xml') };
  } catch (error) {
    if (error instanceof MetabaseError) return refusedResult(file, error, 'utf-8');
    throw error;
  }
}

/** @returns The same after the file was written, to its output or in place. */
export function written(result: FileResult, output: string, backup: string | null = null): FileResult {
  return { ...result, isWritten: true, output, outputName: output, backup };
}

export const STYLE_HASH = createHash('sha256').update(style).digest('base64');

/** @returns The page for reviewers. */
export function pageOf(files: readonly FileResult[], options: RequestOptions = {}): string {
  const time = new Date('2026-03-04T05:06:07.890Z');
  return reportPage(files, { request: toRequest(options), version: '1.2.3', time, style, styleHash: STYLE_HASH });
}

/** @returns The words of a page, its first paragraph, or another part that an expression finds. */
export function wordsOf(page: string, part = /<body>[^]*<\/body>/): string {
  const text = part.exec(page)?.[0] ?? '';
  return text
    .replace(/<wbr>|<[^>]+>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The paragraph that says what will change, why, what stays, and how to undo it. */
export const LEAD = /<p class="lead">[^]*?<\/p>/;
