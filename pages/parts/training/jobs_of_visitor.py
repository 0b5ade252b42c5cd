"""The trainings of a visitor: one a side at a time."""

from __future__ import annotations

from jobs.training import Job, start
from pages.parts.training.pace import steps_a_picture
from pages.parts.workspace.kept import Kept
from paradigms.fits.specs import FitSpec

_JOBS: Kept[dict[str, Job]] = Kept("jobs", dict)


def job_for(side: str, spec: FitSpec, at_once: bool) -> Job:
    """The visitor's job for this fit; another one cancels the side's old job."""
    jobs = _JOBS.value
    job = jobs.get(side)
    if job is None or job.spec != spec:
        if job is not None:
            job.cancel()
        job = jobs[side] = start(spec, pace=steps_a_picture(side), at_once=at_once)
    return job


def begin_anew(side: str) -> Job:
    """The side's training from its beginning, waiting."""
    job = _JOBS.value[side] = _JOBS.value[side].anew()
    return job
