package bench;

import com.pulumi.Pulumi;
import com.pulumi.docker.Network;
import com.pulumi.docker.Volume;

/** The peer of bench/no-change: two resources, and nothing else. */
public final class TwoResources {

    private TwoResources() {}

    public static void main(String[] args) {
        Pulumi.run(context -> {
            new Network("network");
            new Volume("volume");
        });
    }
}
