import java.net.InetSocketAddress;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.monitoring.Telemetry;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** DynamoDB Local in memory, shared by all keys, on a free port of 127.0.0.1 (the stock main opens every interface). */
public final class LoopbackServer {
  public static void main(String[] arguments) throws Exception {
    Telemetry.configureTelemetry("MAVEN", "IN_MEMORY_SHARED_DB", false);
    var requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
    var server = new Server(new InetSocketAddress("127.0.0.1", 0));
    server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, null), "/"));
    server.start();
    System.out.println("port " + server.getURI().getPort());
    // Ends with whoever holds its standard input.
    while (System.in.read() >= 0) {}
    System.exit(0);
  }
}
