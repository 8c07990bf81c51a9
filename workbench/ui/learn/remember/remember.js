// Keep one random id for a year, so that the predictions of this browser are found again.
const YEAR_S = 365 * 24 * 3600;

export default function ({ data }) {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, and the cookie store is not everywhere.
  document.cookie = `${data.name}=${data.value}; path=/; max-age=${YEAR_S}; SameSite=Lax`;
}
