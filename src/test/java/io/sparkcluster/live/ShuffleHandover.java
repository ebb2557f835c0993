package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a driver's log says about shuffle blocks of executors that were taken away while the job's second stage ran.
 *
 * @param written the outputs of the first stage that lay on executors which left, by their numbers
 * @param moved the outputs whose new place the driver was told
 */
record ShuffleHandover(Set<Long> written, Set<Long> moved) {

    private static final Pattern LEAVES = Pattern.compile("Decommission executors: ([\\d, ]+)");
    private static final Pattern WRITTEN =
            Pattern.compile("Finished task \\S+ in stage 0\\.0 \\(TID (\\d+)\\) in .* \\(executor (\\d+)\\)");
    private static final Pattern MOVED = Pattern.compile("Updating map output for (\\d+) to BlockManagerId\\(");

    static ShuffleHandover of(String log) {
        var leaving = new TreeSet<String>();
        var leaves = LEAVES.matcher(log);
        while (leaves.find()) {
            leaving.addAll(Set.of(leaves.group(1).strip().split(", ", -1)));
        }
        var written = new TreeSet<Long>();
        var tasks = WRITTEN.matcher(log);
        while (tasks.find()) {
            if (leaving.contains(tasks.group(2))) {
                written.add(Long.parseLong(tasks.group(1)));
            }
        }
        var moved = new TreeSet<Long>();
        var outputs = MOVED.matcher(log);
        while (outputs.find()) {
            moved.add(Long.parseLong(outputs.group(1)));
        }
        return new ShuffleHandover(written, moved);
    }

    /** Fails unless an executor that had written outputs left, and each of its outputs went to another one before. */
    void assertComplete() {
        assertThat(written).as("outputs of executors that left").isNotEmpty();
        assertThat(moved).as("outputs that went to another executor").containsAll(written);
    }
}
