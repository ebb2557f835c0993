import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

/** Makes Java trust what the system trusts: {@code java TrustStore.java BUNDLE.pem CACERTS}. One process for all, where keytool takes one each. */
public class TrustStore {
    private static final char[] PUBLIC_PASSWORD = "changeit".toCharArray(); // the one that Java's own store has

    public static void main(String[] arguments) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, PUBLIC_PASSWORD);
        try (InputStream in = Files.newInputStream(Path.of(arguments[0]))) {
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
        }
        try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
            store.store(out, PUBLIC_PASSWORD);
        }
        System.out.println("Java trusts " + store.size() + " certificates");
    }
}
