"""The wait for the master, and the cores of an application."""

import io
import unittest
import unittest.mock

from tools import load

cores = load("jupyterlab/opt/sparkcluster/bin/application-cores")


class ApplicationCores(unittest.TestCase):
    def test_every_application_gets_an_equal_part(self):
        self.assertEqual(cores.share({"cores": 12}, 3), 4)
        self.assertEqual(cores.share({"cores": 5}, 2), 2)

    def test_an_application_gets_a_core_even_of_a_small_cluster(self):
        self.assertEqual(cores.share({"cores": 1}, 2), 1)
        self.assertEqual(cores.share({"cores": 0}, 2), 1)

    def test_says_nothing_where_no_master_is_named(self):
        with unittest.mock.patch.dict("os.environ", clear=True):
            self.assertEqual(cores.main(), 1)

    @staticmethod
    def wait(*answers):
        """The master's last answer is its answer from then on. Returns what is found, after how many seconds, and what was said."""
        now, asked = [0.0], iter(answers)
        last = [None]

        def fetch():
            last[0] = next(asked, last[0])
            if isinstance(last[0], Exception):
                raise last[0]
            return last[0]

        def pause(seconds):
            now[0] += seconds

        with unittest.mock.patch("sys.stderr", new_callable=io.StringIO) as said:
            found = cores.await_master(fetch, lambda: now[0], pause)
        return found, now[0], said.getvalue()

    def test_a_master_at_work_is_not_waited_for(self):
        self.assertEqual(({"status": "ALIVE", "cores": 4}, 0.0, ""), self.wait({"status": "ALIVE", "cores": 4}))

    def test_a_driver_waits_until_the_master_has_taken_up_what_ran(self):
        states = [ConnectionRefusedError(), {"status": "STANDBY", "cores": 0}, {"status": "RECOVERING", "cores": 0}, {"status": "COMPLETING_RECOVERY", "cores": 2}]
        found, seconds, said = self.wait(*states, {"status": "ALIVE", "cores": 4})
        self.assertEqual(4, found["cores"])
        self.assertAlmostEqual(4 * cores.POLL_SECONDS, seconds)
        self.assertEqual("The master was started anew and is not at work yet (STANDBY). Waiting for it, at most 11 minutes.\n", said)

    def test_the_wait_has_a_limit(self):
        found, seconds, said = self.wait(ConnectionRefusedError())
        self.assertEqual((None, "The master has not answered for 20 seconds. Spark tries to reach it for another minute.\n"), (found, said))
        self.assertAlmostEqual(cores.ANSWER_SECONDS, seconds, delta=2 * cores.POLL_SECONDS)
        found, seconds, said = self.wait({"status": "RECOVERING", "cores": 0})
        self.assertIsNone(found)
        self.assertIn("The master is still not at work (RECOVERING) after 11 minutes", said)
        self.assertAlmostEqual(cores.RECOVERY_SECONDS, seconds, delta=2 * cores.POLL_SECONDS)

    def test_a_master_that_falls_silent_again_is_given_its_time_again(self):
        recovering = [{"status": "RECOVERING", "cores": 0}] * 200
        found, seconds, _ = self.wait(*recovering, ConnectionRefusedError())
        self.assertIsNone(found)
        self.assertAlmostEqual(200 * cores.POLL_SECONDS + cores.ANSWER_SECONDS, seconds, delta=3 * cores.POLL_SECONDS)

    def test_an_answer_that_is_no_page_of_a_master_counts_as_none(self):
        for answer in (b"{}", b"[]", b"null", b"<html>"):
            with unittest.mock.patch("urllib.request.urlopen", return_value=io.BytesIO(answer)), self.assertRaises(ValueError):
                cores.ask("http://master:8080")

    def test_another_page_is_no_reason_to_wait(self):
        self.assertEqual(({"cores": 4}, 0.0, ""), self.wait({"cores": 4}))
