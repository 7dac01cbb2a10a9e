// Jobs of uploads that have not ended, kept while the tab is open, so that a reload loses none.

const KEPT = "footnote-uploads";

/** The jobs that had not ended when the page was left. */
export function keptJobs() {
  try {
    const jobs = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(jobs) ? jobs.filter((job) => job?.job_id && Array.isArray(job.files)) : [];
  } catch {
    return [];
  }
}

export function keepJobs(jobs) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(jobs));
  } catch {
    // then a reload forgets them; the service goes on with them
  }
}
