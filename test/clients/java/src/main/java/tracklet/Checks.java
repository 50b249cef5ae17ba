package tracklet;

import java.util.Objects;

/** Counts what held and what did not, and says which. */
final class Checks {
  private int passed;
  private int failed;

  void equal(String what, Object expected, Object actual) {
    if (Objects.equals(expected, actual)) {
      passed += 1;
    } else {
      failed += 1;
      System.out.println("FAILED " + what + ": expected " + expected + ", got " + actual);
    }
  }

  void holds(String what, boolean claim) {
    equal(what, true, claim);
  }

  /** Prints the closing line; gives the exit code. */
  int close() {
    System.out.println(passed + " passed, " + failed + " failed");
    return failed == 0 && passed > 0 ? 0 : 1;
  }
}
