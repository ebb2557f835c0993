package io.sparkcluster.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkcluster.model.ClusterSpec;
import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SparkDefaultsTest {

    @Property
    void javaReadsWhatWasWritten(
            @ForAll
                    @StringLength(max = 12)
                    @Chars({'a', ' ', '\\', '\n', '\r', '\t', '\f', '=', ':', '#', '!', 'ü', '$'})
                    String value)
            throws IOException {
        var properties = new TreeMap<String, String>();
        properties.put("spark.lab.pattern", value);
        properties.put("spark.lab.z", "last");

        var read = new Properties();
        read.load(new StringReader(SparkDefaults.text(properties)));

        assertThat(read).isEqualTo(properties);
    }

    @Test
    void aUsersValueReachesSparkAsItWasWritten() throws IOException {
        var spec = ClusterSpec.builder("lab")
                .sparkConf("spark.hadoop.lab.pattern", "=C:\\data\\new")
                .build();

        var read = new Properties();
        read.load(new StringReader(ClusterPlan.of(spec, Naming.flat()).edge().sparkDefaults()));

        assertThat(read).containsEntry("spark.hadoop.lab.pattern", "=C:\\data\\new");
    }
}
