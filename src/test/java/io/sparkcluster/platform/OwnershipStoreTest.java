package io.sparkcluster.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code pulumi} that answers from files: what a backend of files says of a stack. */
class OwnershipStoreTest {

    private static final String STATE = """
            {"version": 3, "deployment": {"resources": [
              {"urn": "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev", "type": "pulumi:pulumi:Stack"},
              {"urn": "urn:pulumi:dev::p::sparkcluster:index:SparkCluster::spark", "type": "sparkcluster:index:SparkCluster",
               "outputs": {"owner": "ofthestate0", "ownerName": "alice on laptop", "cluster": "spark-old"}},
              {"urn": "urn:pulumi:dev::p::docker:index/container:Container::c", "type": "docker:index/container:Container", "id": "c1"}
            ]}}
            """;

    @TempDir
    private Path folder;

    private OwnershipStore store;

    @BeforeEach
    void aStackThatIsNew() throws IOException {
        Path pulumi = folder.resolve("pulumi");
        Files.writeString(pulumi, """
                #!/bin/sh
                cd "$(dirname "$0")" || exit 1
                case "$1 $2" in
                  'stack tag') case $3 in set) echo "$4=$5" >>written ;; rm) echo "rm $4" >>written ;; *) cat tags ;; esac ;;
                  'stack export') if [ -e half-written ]; then rm half-written; echo 'error: failed to load checkpoint: EOF' >&2; exit 255; fi; cat state ;;
                  'stack history') cat history ;;
                  'stack --show-name') echo other ;;
                  'stack select') echo "select $3" >>written ;;
                  *) exit 1 ;;
                esac
                """);
        Files.setPosixFilePermissions(pulumi, PosixFilePermissions.fromString("rwxr-xr-x"));
        said("tags", "{}");
        said("state", "{\"version\": 3, \"deployment\": {}}");
        said("history", "[]");
        store = new OwnershipStore(new StackCli(pulumi.toString(), "organization/p/dev"), "bob on laptop, stack dev");
    }

    /** The running update writes the state anew after every step. */
    @Test
    void aStateThatIsBeingWrittenIsReadAgain() throws IOException {
        said("state", STATE);
        said("half-written", "");

        assertThat(store.load(false).owner().id()).isEqualTo("ofthestate0");
        assertThat(folder.resolve("half-written")).doesNotExist();
    }

    @Test
    void theFirstUpdateMakesAnOwnerAndKeepsItAsTags() throws IOException {
        var made = store.load(true);

        assertThat(made.owner().id()).matches("[a-z0-9]{20}");
        assertThat(made.owner().name()).isEqualTo("bob on laptop, stack dev");
        assertThat(written())
                .contains("sparkcluster:owner=" + made.owner().id(), "sparkcluster:owner-name=bob on laptop, stack dev")
                // pulumi stack tag set selects the stack that it sets the tag of.
                .endsWith("select other\n");
    }

    @Test
    void twoBackendsHaveTwoOwners() {
        assertThat(store.load(true).owner().id())
                .isNotEqualTo(store.load(true).owner().id());
    }

    @Test
    void aPreviewWritesNothing() {
        store.load(false);

        assertThat(folder.resolve("written")).doesNotExist();
    }

    @Test
    void theOwnerOutlivesDestroy() throws IOException {
        said(
                "tags",
                "{\"sparkcluster:owner\": \"ofthetags0\", \"sparkcluster:cluster\": \"spark-dev\", \"team\": \"x\"}");
        said("history", "[{\"version\": 0}]");

        var found = store.load(true);

        assertThat(found.owner().id()).isEqualTo("ofthetags0");
        assertThat(found.cluster()).contains("spark-dev");
        assertThat(found.tags()).doesNotContainKey("team");
        assertThat(folder.resolve("written")).doesNotExist();
    }

    @Test
    void aRenamedStackFindsItsOwnerInItsState() throws IOException {
        said("state", STATE);
        said("history", "[{\"version\": 0}]");

        var found = store.load(true);

        assertThat(found.owner().id()).isEqualTo("ofthestate0");
        assertThat(found.cluster()).contains("spark-old");
        assertThat(written()).contains("sparkcluster:owner=ofthestate0", "sparkcluster:cluster=spark-old");
    }

    @Test
    void aNewStackDoesNotInheritTheTagsOfOneThatWasRenamed() throws IOException {
        said("tags", "{\"sparkcluster:owner\": \"ofanother0\", \"sparkcluster:cluster\": \"spark-dev\"}");

        var made = store.load(true);

        assertThat(made.owner().id()).isNotEqualTo("ofanother0");
        assertThat(made.cluster()).isEmpty();
    }

    @Test
    void theRootOfTheTreeDuringAFirstUpdateIsNoIdentity() throws IOException {
        said("tags", "{\"sparkcluster:owner\": \"ofanother0\", \"sparkcluster:context\": \"elsewhere\"}");
        said(
                "state",
                "{\"version\": 3, \"deployment\": {\"resources\": [{\"urn\": \"urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev\", \"type\": \"pulumi:pulumi:Stack\"}]}}");

        var made = store.load(true);

        assertThat(made.owner().id()).isNotEqualTo("ofanother0");
        assertThat(made.tags()).doesNotContainKey("context");
        assertThat(written())
                .contains(
                        "rm sparkcluster:context",
                        "sparkcluster:owner=" + made.owner().id());
    }

    @Test
    void anInterruptedFirstUpdateKeepsItsOwner() throws IOException {
        said("tags", "{\"sparkcluster:owner\": \"ofthetags0\"}");
        said("state", STATE);

        assertThat(store.load(true).owner().id()).isEqualTo("ofthetags0");
    }

    @Test
    void saysWhatIsNeededWhenTheBackendDoesNotAnswer() {
        var unreachable = new OwnershipStore(new StackCli(folder.resolve("none").toString(), "o/p/dev"), "bob");

        assertThatThrownBy(() -> unreachable.load(true))
                .hasMessageContaining("the identity of stack o/p/dev is kept by its backend")
                .hasMessageContaining("Put the pulumi command on the PATH");
    }

    @Test
    void theStateNamesWhatTheStackMade() throws IOException {
        said("state", STATE);

        assertThat(store.cli().identifiers().get()).containsExactly("c1");
    }

    private void said(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private String written() throws IOException {
        return Files.readString(folder.resolve("written"));
    }
}
