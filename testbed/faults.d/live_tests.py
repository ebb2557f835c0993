"""Faults that live tests make: their entries in the catalogue name the test, and Maven runs it."""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as tree
from pathlib import Path

from catalogue import CATALOGUE, Fault
from results import Outcome
from shell import ROOT, Broken, run, tail

REPORTS = ROOT / "target" / "surefire-reports"
LIMIT_SECONDS = 3600
PACKAGE = "io.sparkcluster.live"


def of_test(platform: str, test: str, done: str, holds: str, ci: bool = False) -> None:
    CATALOGUE.add(Fault(test.rpartition("#")[2], platform, done, holds, test=test, ci=ci))


def run_tests(faults: list[Fault], at: str) -> list[Outcome]:
    """Tests of a class build on each other: whole classes are run, each once."""
    outcomes = []
    classes = sorted({(fault.platform, fault.test.partition("#")[0]) for fault in faults})
    for platform, name in classes:
        mine = [fault for fault in faults if fault.platform == platform and fault.test.startswith(name + "#")]
        report = REPORTS / f"TEST-{PACKAGE}.{name}.xml"
        report.unlink(missing_ok=True)
        print(f"=== {platform} {name}", flush=True)
        try:
            said = run(
                *("./mvnw", "--batch-mode", "--no-transfer-progress", "test", "-Dtests.without=", f"-Dtests.only={platform}", f"-Dtest={name}"),
                "-Dsurefire.failIfNoSpecifiedTests=false",
                limit=LIMIT_SECONDS,
            ).text
        except Broken as problem:
            said = str(problem)
        outcomes += [of_report(fault, report, at, said) for fault in mine]
    return outcomes


def collect(faults: list[Fault], at: str) -> list[Outcome]:
    """Reads the results of these faults from the reports of the last test run."""
    outcomes = []
    for fault in faults:
        report = REPORTS / f"TEST-{PACKAGE}.{fault.test.partition('#')[0]}.xml"
        if fault.test and report.exists():
            outcomes.append(of_report(fault, report, at, ""))
    return outcomes


def of_report(fault: Fault, report: Path, at: str, said: str) -> Outcome:
    today = datetime.datetime.now(datetime.timezone.utc).date().isoformat()
    method = fault.test.partition("#")[2]
    result, seconds, seen = "broken", 0, f"the test did not run: {tail(said, 5)}"
    if report.exists():
        for case in tree.parse(report).getroot().iter("testcase"):
            if case.get("name", "").partition("(")[0] != method:
                continue
            seconds = round(float(case.get("time", "0").replace(",", "")))
            failure = case.find("failure")
            failure = failure if failure is not None else case.find("error")
            skipped = case.find("skipped")
            if failure is not None:
                seen = failure.get("message", "failed")
            elif skipped is not None:
                result, seen = "unable", skipped.get("message", "skipped")
            else:
                result, seen = "held", "the test passed"
            break
    return Outcome(fault.platform, fault.name, today, at, result, seconds, seen)


of_test("docker", "DockerClusterTest#aJobSurvivesTheMastersDeath", "`docker kill` and `docker start` of the master while a job runs on two workers", "the job ends with the right sum and keeps its executors, unless the master says that a worker registered again first (Spark's own race); both workers are back", ci=True)
of_test("docker", "DockerClusterTest#aWorkerThatLeavesHandsItsShuffleBlocksOver", "`up` with one worker less while a job reads its shuffle blocks", "the right result, no stage is repeated, the other nodes are the same containers")
of_test("docker", "DockerWalkTest#upIsCutOffWhileTheMasterStarts", "SIGTERM of `make up` with all of its processes while the master starts", "`make up` ends with an error; a later one completes", ci=True)
of_test("docker", "DockerWalkTest#upIsCutOffByTwoInterruptsWhileWorkersStart", "two interrupts while workers start", "`make up` ends with an error; a later one completes", ci=True)
of_test("docker", "DockerWalkTest#upIsKilledWhileTheEdgeNodeStarts", "SIGKILL of `make up` with all of its processes while the edge node starts", "a later `make up` completes", ci=True)
of_test("docker", "DockerWalkTest#theNextUpCompletesAndSaysWhereEverythingIs", "`make up` after those three", "it completes and prints the addresses", ci=True)
of_test("podman", "PodmanClusterTest#aJobSurvivesTheMastersDeath", "kill and start of the master while a job runs on two workers", "the job ends with the right sum and keeps its executors, unless the master says that a worker registered again first (Spark's own race); both workers are back")
of_test("podman", "PodmanClusterTest#aNodeThatEndsIsStartedAgain", "SIGTERM of a worker's first process", "Podman starts it again; both workers are alive", ci=True)
of_test("swarm", "SwarmLifeTest#aJobSurvivesTheLossOfAWorkersMachine", "power cut of a worker's machine while a job runs", "the job ends with the right sum, the worker starts on another machine, the machine comes back")
of_test("swarm", "SwarmLifeTest#aManagerThatIsRebootedBringsTheClusterBack", "reboot of the machine with manager, master and edge node", "all is back without `up`, the workspace has its file")
of_test("swarm", "SwarmLifeTest#aCutBetweenTwoMachinesHeals", "no packet passes between the manager and a worker's machine until the manager calls it down", "the worker is back by itself, a job runs")
of_test("swarm", "SwarmLifeTest#anotherMachineLessTouchesNoOtherAndItIsLeftAsItWas", "a machine is taken out of the configuration", "it is left as it was; nodes elsewhere are the same", ci=True)
of_test("swarm", "SwarmLifeTest#aMachineKilledInTheMiddleOfUpIsNoObstacleToTheNextOne", "power cut of a machine in the middle of `up`", "`up` ends with an error; with the machine back the next one completes")
of_test("kubernetes", "KubernetesClusterLiveTest#aJobSurvivesThatTheMastersPodIsDeleted", "the master's pod is deleted while a job runs", "the job ends with the right sum and keeps its executors, unless the master says that a worker registered again first (Spark's own race)", ci=True)
of_test("kubernetes", "KubernetesClusterLiveTest#aWorkerThatIsTakenAwayHandsItsShuffleBlocksOver", "`up` with one worker less while a job reads its shuffle blocks", "the right result; the other pods are the same")
of_test("kubernetes", "KubernetesClusterLiveTest#theWorkspaceIsThereAfterTheEdgePodWasDeletedDuringANotebook", "the edge node's pod is deleted while a notebook runs", "the workspace has its file, the cores are free", ci=True)
of_test("kubernetes", "KubernetesFaultsTest#anEvictedWorkerHandsItsShuffleBlocksOver", "a worker is evicted while a job reads its shuffle blocks", "the right result")
of_test("kubernetes", "KubernetesFaultsTest#anUpOutlastsAnApiServerThatIsAwayForAMinute", "the API server hangs for 60 s in the middle of `up`", "`up` completes; a second one finds nothing to do")
of_test("kubernetes", "KubernetesFaultsTest#theClusterIsThereAgainAfterItsNodeWasStartedAnew", "the node loses its power and starts again", "all is back without `up`, the workspace has its file, a job runs")
of_test("kubernetes", "KubernetesFaultsTest#anImageThatNoNodeCanGetIsNamedInOneLine", "an image that no node can get", "`up` ends with an error that names pod and image")
of_test("kubernetes", "KubernetesManagerTest#anExecutorThatIsTakenAwayHandsItsShuffleBlocksOver", "an executor's pod is deleted while a job reads its shuffle blocks", "the right result, no stage is repeated")
of_test("kubernetes", "KubernetesManagerTest#executorsEndWithTheEdgePodAndTheirPageWasReachedThroughTheTunnel", "the edge node's pod is deleted while it drives a job", "the executors end with it; the edge node is back", ci=True)
of_test("kubernetes", "KubernetesManagerTest#destroyEndsARunningJobOfClusterModeAndLeavesTheWorkspaceOnly", "`destroy` while a job in cluster mode runs", "nothing but the workspace is left", ci=True)
of_test("podman", "PodmanNodeFaultsTest#aJobOutlastsThatPodmansServiceIsKilled", "SIGKILL of Podman's service while a job runs, then it is started", "the job ends with the right sum; no container is replaced")
of_test("podman", "PodmanNodeFaultsTest#upBringsBackContainersThatSomebodyRemoved", "all containers are removed by hand", "`up` makes them again; the workspace has its file")
of_test("swarm", "SwarmNodeFaultsTest#aJobOutlastsThatTheEngineOfAWorkersMachineIsRestarted", "the engine of a worker's machine is restarted while a job runs", "the job ends with the right sum; the worker is back without `up`")
of_test("swarm", "SwarmNodeFaultsTest#theClusterIsBackAfterTheManagersEngineWasRestarted", "the manager's engine is restarted", "all is back without `up`; the workspace has its file")
of_test("swarm", "SwarmNodeFaultsTest#upBringsBackAServiceThatSomebodyRemoved", "the workers' service is removed by hand", "`up` makes it again; the worker is alive")
of_test("swarm", "SwarmNodeFaultsTest#upBringsBackWorkersThatSomebodyScaledAway", "the workers' service is scaled to none by hand", "`up` brings the worker back")
of_test("kubernetes", "KubernetesNodeFaultsTest#aJobOutlastsThatTheKubeletCrashes", "SIGKILL of the kubelet while a job runs, then it is started", "the job ends with the right sum; no pod is replaced")
of_test("kubernetes", "KubernetesNodeFaultsTest#aJobOutlastsThatTheApiServerCrashes", "SIGKILL of the API server while a job runs, then it is started", "the job ends with the right sum; no pod is replaced")
of_test("kubernetes", "KubernetesNodeFaultsTest#aJobOutlastsThatTheControllerManagerCrashes", "SIGKILL of the controller manager while a job runs, then it is started", "the job ends with the right sum; no pod is replaced")
of_test("kubernetes", "KubernetesNodeFaultsTest#upBringsBackAStatefulSetThatSomebodyDeleted", "the workers' stateful set is deleted by hand", "`up` makes it again; the worker is alive, the workspace has its file")
of_test("kubernetes", "KubernetesNodeFaultsTest#upBringsBackWorkersThatSomebodyScaledAway", "the workers' stateful set is scaled to none by hand", "`up` brings the worker back")
