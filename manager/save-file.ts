/** Saves what an address answers as a file of the person at the console. @throws when the server does not answer, or says no */
export async function saveFile(token: string, address: string, name: string): Promise<void> {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await readBlob(token, address));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

export async function readBlob(token: string, address: string): Promise<Blob> {
  const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.blob();
}
