package tracklet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Experiment;
import org.mlflow.api.proto.Service.ExperimentTag;
import org.mlflow.api.proto.Service.FileInfo;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.Run;
import org.mlflow.api.proto.Service.RunInfo;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.api.proto.Service.ViewType;
import org.mlflow.tracking.ActiveRun;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientException;
import org.mlflow.tracking.MlflowContext;
import org.mlflow.tracking.RunsPage;

/** The stock Java client logs runs and reads them back; the exit code is 0 when all came back as it was logged. */
public final class JavaClientTest {
  private static final long START = 1_700_000_000_000L;
  private static final String UNIQUE = UUID.randomUUID().toString();

  private final MlflowClient client;
  private final Checks checks = new Checks();
  private final String experimentId;

  private JavaClientTest(MlflowClient client) {
    this.client = client;
    CreateExperiment request = CreateExperiment.newBuilder()
        .setName("java ✓ " + UNIQUE)
        .addTags(ExperimentTag.newBuilder().setKey("team").setValue("café"))
        .build();
    this.experimentId = client.createExperiment(request);
  }

  public static void main(String[] arguments) throws IOException {
    try (MlflowClient client = new MlflowClient(System.getenv("MLFLOW_TRACKING_URI"))) {
      JavaClientTest test = new JavaClientTest(client);
      test.experiments();
      test.oneRun();
      test.batches();
      test.metricHistory();
      test.search();
      test.artifacts();
      test.refusals();
      test.fluent();
      System.exit(test.checks.close());
    }
  }

  private void experiments() {
    Experiment created = client.getExperiment(experimentId);
    checks.equal("name of the experiment", "java ✓ " + UNIQUE, created.getName());
    checks.equal("tag of the experiment", "café", created.getTags(0).getValue());
    checks.holds("times of the experiment", created.getCreationTime() > START - 100_000_000_000L);
    client.setExperimentTag(experimentId, "stage", "two");
    client.renameExperiment(experimentId, "java renamed " + UNIQUE);
    Experiment renamed = client.getExperimentByName("java renamed " + UNIQUE).orElseThrow();
    checks.equal("id by the new name", experimentId, renamed.getExperimentId());
    checks.equal("number of tags", 2, renamed.getTagsCount());
    checks.holds("unknown name is empty", client.getExperimentByName("nobody " + UNIQUE).isEmpty());
    List<Experiment> found = client.searchExperiments("name = 'java renamed " + UNIQUE + "'").getItems();
    checks.equal("search by name", List.of(experimentId), found.stream().map(Experiment::getExperimentId).toList());
    String other = client.createExperiment("java deleted " + UNIQUE);
    client.deleteExperiment(other);
    checks.equal("deleted stage", "deleted", client.getExperiment(other).getLifecycleStage());
    client.restoreExperiment(other);
    checks.equal("restored stage", "active", client.getExperiment(other).getLifecycleStage());
  }

  private void oneRun() {
    CreateRun request = CreateRun.newBuilder()
        .setExperimentId(experimentId)
        .setRunName("one run")
        .setStartTime(START)
        .addTags(RunTag.newBuilder().setKey("from").setValue("Jävä"))
        .build();
    String runId = client.createRun(request).getRunId();
    client.logParam(runId, "depth", "5");
    client.logParam(runId, "long", "p".repeat(6000));
    client.logMetric(runId, "loss", 0.5);
    client.logMetric(runId, "loss", 0.25, START + 1, 7);
    client.logMetric(runId, "nan", Double.NaN);
    client.setTag(runId, "gone", "x");
    client.setTag(runId, "kept", "line\nline");
    client.deleteTag(runId, "gone");
    client.setTerminated(runId, RunStatus.FAILED, START + 60_000);
    Run run = client.getRun(runId);
    RunInfo info = run.getInfo();
    checks.equal("run id", runId, info.getRunId());
    checks.equal("run uuid", runId, info.getRunUuid());
    checks.equal("run name", "one run", info.getRunName());
    checks.equal("status", RunStatus.FAILED, info.getStatus());
    checks.equal("start", START, info.getStartTime());
    checks.equal("end", START + 60_000, info.getEndTime());
    checks.holds("artifact uri", info.getArtifactUri().endsWith("/" + runId + "/artifacts"));
    checks.equal("params", Map.of("depth", "5", "long", "p".repeat(6000)), paramsOf(run));
    Map<String, Double> metrics = metricsOf(run);
    checks.equal("metrics", Set.of("loss", "nan"), metrics.keySet());
    checks.equal("latest by step", 0.25, metrics.get("loss"));
    checks.holds("NaN", metrics.get("nan").isNaN());
    Map<String, String> tags = run.getData().getTagsList().stream()
        .collect(Collectors.toMap(RunTag::getKey, RunTag::getValue));
    checks.equal("tag at creation", "Jävä", tags.get("from"));
    checks.equal("tag of two lines", "line\nline", tags.get("kept"));
    checks.holds("deleted tag", !tags.containsKey("gone"));
    client.deleteRun(runId);
    checks.equal("deleted run", "deleted", client.getRun(runId).getInfo().getLifecycleStage());
    client.restoreRun(runId);
    checks.equal("restored run", "active", client.getRun(runId).getInfo().getLifecycleStage());
  }

  private void batches() {
    String runId = client.createRun(experimentId).getRunId();
    List<Metric> metrics = IntStream.range(0, 800)
        .mapToObj(number -> metric("m" + number, number / 8.0, number))
        .toList();
    List<Param> params = IntStream.range(0, 100)
        .mapToObj(number -> Param.newBuilder().setKey("p" + number).setValue("v" + number).build())
        .toList();
    List<RunTag> tags = IntStream.range(0, 100)
        .mapToObj(number -> RunTag.newBuilder().setKey("t" + number).setValue("v" + number).build())
        .toList();
    client.logBatch(runId, metrics, params, tags);
    Run run = client.getRun(runId);
    checks.equal("metrics of a batch", 800, metricsOf(run).size());
    checks.equal("a metric of a batch", 799 / 8.0, metricsOf(run).get("m799"));
    checks.equal("params of a batch", 100, paramsOf(run).size());
    checks.equal("tags of a batch", 100L,
        run.getData().getTagsList().stream().filter(tag -> tag.getKey().startsWith("t")).count());
  }

  private void metricHistory() {
    String runId = client.createRun(experimentId).getRunId();
    for (int batch = 0; batch < 5; batch += 1) {
      int first = batch * 1000;
      List<Metric> points = IntStream.range(first, first + 1000).mapToObj(step -> metric("loss", 1.0 / (step + 1), step)).toList();
      client.logBatch(runId, points, List.of(), List.of());
    }
    List<Metric> history = client.getMetricHistory(runId, "loss");
    checks.equal("points of a history", 5000, history.size());
    checks.holds("order and values of a history", IntStream.range(0, 5000)
        .allMatch(step -> history.get(step).getStep() == step && history.get(step).getValue() == 1.0 / (step + 1)));
    checks.equal("latest point", 1.0 / 5000, metricsOf(client.getRun(runId)).get("loss"));
    checks.equal("history of nothing", 0, client.getMetricHistory(runId, "nothing").size());
  }

  private void search() {
    String searched = client.createExperiment("java search " + UNIQUE);
    List<String> runIds = new ArrayList<>();
    for (int number = 0; number < 30; number += 1) {
      CreateRun request = CreateRun.newBuilder().setExperimentId(searched).setStartTime(START + number).build();
      String runId = client.createRun(request).getRunId();
      client.logBatch(runId, List.of(metric("score", number, 0)),
          List.of(Param.newBuilder().setKey("odd").setValue(String.valueOf(number % 2)).build()), List.of());
      runIds.add(runId);
    }
    List<RunInfo> found = client.searchRuns(List.of(searched), "metrics.score >= 20 and params.odd = '1'");
    checks.equal("search by metric and param", Set.of(21, 23, 25, 27, 29),
        found.stream().map(info -> runIds.indexOf(info.getRunId())).collect(Collectors.toSet()));
    List<String> paged = new ArrayList<>();
    RunsPage page = client.searchRuns(List.of(searched), "", ViewType.ACTIVE_ONLY, 12, List.of("metrics.score DESC"));
    int pages = 0;
    while (true) {
      pages += 1;
      page.getItems().forEach(run -> paged.add(run.getInfo().getRunId()));
      if (!page.hasNextPage()) break;
      page = (RunsPage) page.getNextPage();
    }
    List<String> expected = new ArrayList<>(runIds);
    java.util.Collections.reverse(expected);
    checks.equal("pages of a search", 3, pages);
    checks.equal("order of a search", expected, paged);
  }

  /** The client hands files to the `mlflow` command of a Python, which must be on the path. */
  private void artifacts() throws IOException {
    String runId = client.createRun(experimentId).getRunId();
    Path folder = Files.createTempDirectory("tracklet-java");
    Path file = Files.writeString(folder.resolve("hello.txt"), "from Java ✓");
    client.logArtifact(runId, file.toFile());
    client.logArtifacts(runId, folder.toFile(), "sub/folder");
    checks.equal("artifacts of a run", Set.of("hello.txt", "sub"), pathsOf(client.listArtifacts(runId)));
    checks.equal("artifacts of a folder", Set.of("sub/folder/hello.txt"), pathsOf(client.listArtifacts(runId, "sub/folder")));
    Path downloaded = client.downloadArtifacts(runId, "sub/folder/hello.txt").toPath();
    checks.equal("content of an artifact", "from Java ✓", Files.readString(downloaded));
    String listed = client.sendGet("artifacts/list?run_id=" + runId);
    checks.holds("artifacts by the API", listed.contains("\"hello.txt\"") && listed.contains("\"root_uri\""));
    Files.delete(file);
    Files.delete(folder);
  }

  private void refusals() {
    checks.holds("unknown run", refused(() -> client.getRun("0".repeat(32)), "RESOURCE_DOES_NOT_EXIST"));
    checks.holds("taken name", refused(() -> client.createExperiment("java renamed " + UNIQUE), "RESOURCE_ALREADY_EXISTS"));
    checks.holds("wrong filter", refused(() -> client.searchRuns(List.of(experimentId), "nonsense"), "INVALID_PARAMETER_VALUE"));
  }

  private void fluent() {
    MlflowContext context = new MlflowContext(client);
    context.setExperimentId(experimentId);
    ActiveRun parent = context.startRun("parent");
    ActiveRun child = context.startRun("child", parent.getId());
    child.logParam("alpha", "0.1");
    child.logMetric("rmse", 3, 1);
    child.logMetrics(Map.of("a", 1.0, "b", 2.0));
    child.setTag("t", "v");
    child.endRun();
    parent.endRun();
    Run read = client.getRun(child.getId());
    checks.equal("fluent status", RunStatus.FINISHED, read.getInfo().getStatus());
    checks.equal("fluent metrics", Set.of("rmse", "a", "b"), new HashSet<>(metricsOf(read).keySet()));
    List<RunInfo> children = client.searchRuns(List.of(experimentId), "tags.mlflow.parentRunId = '" + parent.getId() + "'");
    checks.equal("child of a parent", List.of(child.getId()), children.stream().map(RunInfo::getRunId).toList());
  }

  private static boolean refused(Runnable call, String code) {
    try {
      call.run();
      return false;
    } catch (MlflowClientException refusal) {
      return refusal.toString().contains(code);
    }
  }

  private static Metric metric(String key, double value, long step) {
    return Metric.newBuilder().setKey(key).setValue(value).setTimestamp(START + step).setStep(step).build();
  }

  private static Map<String, String> paramsOf(Run run) {
    return run.getData().getParamsList().stream().collect(Collectors.toMap(Param::getKey, Param::getValue));
  }

  private static Map<String, Double> metricsOf(Run run) {
    return run.getData().getMetricsList().stream().collect(Collectors.toMap(Metric::getKey, Metric::getValue));
  }

  private static Set<String> pathsOf(List<FileInfo> files) {
    return files.stream().map(FileInfo::getPath).collect(Collectors.toSet());
  }
}
