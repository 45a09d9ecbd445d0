/** What a page of this tool is known by; it stands in the first lines. */
export const PAGE_MARK = '<meta name="generator" content="iis-metabase-patch">';
