package bench;

import com.pulumi.Pulumi;
import com.pulumi.docker.Network;
import com.pulumi.docker.NetworkArgs;
import com.pulumi.docker.Volume;
import com.pulumi.docker.VolumeArgs;

/** The peer of bench/no-change: two resources, and nothing else. */
public final class TwoResources {

    private TwoResources() {}

    public static void main(String[] args) {
        Pulumi.run(context -> {
            new Network("network", NetworkArgs.builder().name("spark-bench-template").build());
            new Volume("volume", VolumeArgs.builder().name("spark-bench-template").build());
        });
    }
}
