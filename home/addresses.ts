/** @param more `zone` or `counter` of a screen that shows only a part */
export function addressOf(screen: string, branchId: string, more: Readonly<Record<string, string>> = {}): string {
  return `/${screen}/?${new URLSearchParams({ branch: branchId, ...more }).toString()}`;
}
