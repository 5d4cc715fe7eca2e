export default async function enginesUp() {}
