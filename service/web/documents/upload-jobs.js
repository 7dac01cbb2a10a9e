// Follows the jobs of uploads to their end, one at a time as the service runs them: an open stream
// for each would leave the browser no connection for a question.

import { ApiError, problemError, request } from "/static/service/api.js";
import { connection } from "/static/service/connection.js";
import { readEvents } from "/static/service/sse.js";
import { keepJobs } from "/static/documents/upload-kept.js";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const FORGOTTEN = new Set([401, 403, 404]); // whoever asks again hears the same

/** onJob hears each state of a job, onLost(id, error) of one that cannot be followed any more. */
export function createJobFollower({ onJob, onLost }) {
  const open = []; // jobs as last heard of
  let isFollowing = false;
  let goOn = null; // ends a pause

  function follow(job) {
    open.push(job);
    keep();
    run();
  }

  async function run() {
    if (isFollowing) return;
    isFollowing = true;
    let pause = FIRST_PAUSE_MS;
    while (open.length) {
      const job = open[0];
      try {
        await readJob(job);
        pause = FIRST_PAUSE_MS;
      } catch (error) {
        if (FORGOTTEN.has(error.status)) {
          end(job);
          onLost(job.job_id, error);
        } else {
          await rest(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
        }
      }
    }
    isFollowing = false;
  }

  /** Until it has ended, or is put off while another one waits. */
  async function readJob(job) {
    for await (const heard of jobStates(job.job_id)) {
      onJob(heard);
      if (hasEnded(heard)) return end(job);
      if (heard.state === "queued" && heard.detail && open.length > 1) {
        open.push(open.shift());
        return undefined;
      }
    }
    throw new ApiError("the stream of the job broke off");
  }

  function end(job) {
    open.splice(open.indexOf(job), 1);
    keep();
  }

  const rest = (ms) =>
    new Promise((resolve) => {
      goOn = resolve;
      setTimeout(resolve, ms);
    });

  const keep = () => keepJobs(open.map(({ job_id, files }) => ({ job_id, files })));

  connection.onReconnect(() => goOn?.());

  return { follow };
}

const hasEnded = (job) => job.state === "done" || job.state === "failed";

async function* jobStates(id) {
  const response = await request(`/v1/jobs/${encodeURIComponent(id)}?stream=true`, {
    headers: { Accept: "text/event-stream" },
  });
  for await (const event of readEvents(response.body)) {
    const data = JSON.parse(event.data);
    if (event.type === "error") throw problemError(data, data?.status ?? 0);
    yield data;
  }
}
