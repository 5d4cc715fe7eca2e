export default async function enginesDown() {}
