/** Marks a page as a report of this tool; it is in the first lines. */
export const PAGE_MARK = '<meta name="generator" content="iis-metabase-patch">';
