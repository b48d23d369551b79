import { Refusal } from './requests.js';

/** Of problem details, or of whatever stands between. */
export function refusalOf({ status, headers }: Response, text: string): Refusal {
  let problem: { readonly code?: unknown; readonly detail?: unknown; readonly title?: unknown } = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // A page of HTML is somebody else's.
  }
  const seconds = Number(headers.get('Retry-After') ?? NaN);
  return new Refusal({
    code: typeof problem.code === 'string' ? problem.code : `http_${status}`,
    message: String(problem.detail ?? problem.title ?? `HTTP ${status}`),
    retry: status === 429 || status >= 500,
    ...(seconds >= 0 && { retryAfterMs: seconds * 1_000 }),
  });
}
