package io.sparkcluster.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of certificate authorities: certificates in PEM format, with any text between them. */
final class CertificateFile {

    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Pattern PRIVATE_KEY = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

    private CertificateFile() {}

    /** Why builds and images cannot use the file, as a rule for a problem; empty if they can. */
    static Optional<String> refusal(Path pem) {
        if (!Files.isReadable(pem) || Files.isDirectory(pem)) {
            return Optional.of("it must be a readable file of certificates in PEM format");
        }
        try {
            // Comments may be in any encoding; certificates are ASCII.
            return refusal(Files.readString(pem, StandardCharsets.ISO_8859_1));
        } catch (IOException unreadable) {
            return Optional.of("it cannot be read (" + unreadable.getMessage() + ")");
        }
    }

    private static Optional<String> refusal(String text) {
        if (PRIVATE_KEY.matcher(text).find()) {
            return Optional.of("it holds a private key, which would become part of the images");
        }
        int count = 0;
        var certificates = CERTIFICATE.matcher(text);
        while (certificates.find()) {
            count++;
            if (!isCertificate(certificates.group())) {
                return Optional.of("certificate number " + count + " in it is damaged");
            }
        }
        return count == 0
                ? Optional.of("it holds no certificate in PEM format, which starts with -----BEGIN CERTIFICATE-----")
                : Optional.empty();
    }

    private static boolean isCertificate(String block) {
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)));
            return true;
        } catch (CertificateException damaged) {
            return false;
        }
    }
}
