package io.sparkcluster.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListenPortsTest {

    @Test
    void portsOfOtherAddressesThanLoopbackAreFoundOnce() {
        assertThat(ListenPorts.open("""
                  sl  local_address rem_address   st tx_queue rx_queue
                   0: 0100007F:1F91 00000000:0000 0A 00000000:00000000
                   1: 00000000:1F90 00000000:0000 0A 00000000:00000000
                   2: 0200A8C0:9C40 0300A8C0:1BA5 01 00000000:00000000
                  sl  local_address                         remote_address                        st
                   0: 0000000000000000FFFF00000200A8C0:1BA5 00000000000000000000000000000000:0000 0A 00000000:00000000
                   1: 0000000000000000FFFF00000100007F:0016 00000000000000000000000000000000:0000 0A 00000000:00000000
                   2: 00000000000000000000000001000000:0017 00000000000000000000000000000000:0000 0A 00000000:00000000
                   3: 00000000000000000000000000000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000
                """)).containsExactly(7077, 8080);
    }
}
