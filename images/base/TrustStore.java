import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Makes Java trust what the system trusts: {@code java TrustStore.java BUNDLE.pem CACERTS}. One process for all, where keytool takes one each. */
public class TrustStore {
    private static final char[] PUBLIC_PASSWORD = "changeit".toCharArray(); // the one that Java's own store has

    public static void main(String[] arguments) throws Exception {
        // Java opens its own store without a password, and then sees no certificate that is encrypted.
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
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
        int trusted = trusted(arguments[1]);
        // One certificate can be in the bundle twice.
        if (trusted == 0 || trusted > store.size()) {
            throw new IllegalStateException("Java trusts " + trusted + " of the " + store.size() + " certificates in " + arguments[1]);
        }
        System.out.println("Java trusts " + trusted + " certificates");
    }

    /** How many authorities a program trusts that says nothing of a store or its password. */
    private static int trusted(String store) throws Exception {
        System.setProperty("javax.net.ssl.trustStore", store);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        int count = 0;
        for (TrustManager manager : factory.getTrustManagers()) {
            count += ((X509TrustManager) manager).getAcceptedIssuers().length;
        }
        return count;
    }
}
