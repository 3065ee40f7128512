package backend;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.RequestFacade;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.WebUtils;

/** Tells what it sees of a request, so that a proof can look through the proxies in front of it. */
@SpringBootApplication
@RestController
public class Backend {
    private static final List<String> HEADERS = List.of("Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-Ip");
    private static final long LONGEST = 60;

    @Value("${HOSTNAME}")
    private String pod;

    public static void main(String[] arguments) {
        SpringApplication.run(Backend.class, arguments);
    }

    /** The URL and the client as Spring has them, and the headers that it has them from. */
    @GetMapping("/")
    Map<String, Object> seen(HttpServletRequest request) {
        // Spring takes what it has read of the headers away; Tomcat's own request still has it all.
        var received = WebUtils.getNativeRequest(request, RequestFacade.class);
        var headers = new LinkedHashMap<String, String>();
        HEADERS.forEach(name -> headers.put(name, received.getHeader(name)));

        var seen = new LinkedHashMap<String, Object>();
        seen.put("pod", pod);
        seen.put("url", request.getRequestURL().toString());
        seen.put("client", request.getRemoteAddr());
        seen.put("headers", headers);
        return seen;
    }

    /** An answer that is under way when a pod is told to end. */
    @GetMapping("/slowly")
    Map<String, Object> slowly(@RequestParam long seconds) throws InterruptedException {
        Thread.sleep(1000 * Math.max(0, Math.min(seconds, LONGEST)));
        return Map.of("pod", pod);
    }

    /** Redirects to a path. Whose scheme and host Location has is the proxies' doing. */
    @GetMapping("/moved")
    void moved(HttpServletResponse response) throws IOException {
        response.sendRedirect("/");
    }

    /** How many bytes came. */
    @PostMapping("/upload")
    Map<String, Object> upload(InputStream body) throws IOException {
        return Map.of("bytes", body.transferTo(OutputStream.nullOutputStream()));
    }
}
