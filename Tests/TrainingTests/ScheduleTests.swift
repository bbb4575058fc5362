import Configuration
import Testing
import Training

@Suite("Schedule")
struct ScheduleTests {
  @Test("A cosine starts at zero, reaches one after the warm-up and ends at the floor")
  func cosine() {
    let schedule = Schedule(.cosine, steps: 110, warmupSteps: 10, floor: 0.1)
    #expect(schedule.factor(after: 0) == 0)
    #expect(schedule.factor(after: 5) == 0.5)
    #expect(schedule.factor(after: 10) == 1)
    #expect(abs(schedule.factor(after: 60) - 0.55) < 1e-12)
    // 0.1 + 0.9 · (1 + cos(0.99 π)) / 2
    #expect(abs(schedule.factor(after: 109) - 0.10022204) < 1e-7)
  }

  @Test("A linear schedule falls to zero in a straight line")
  func linear() {
    let schedule = Schedule(.linear, steps: 20, warmupSteps: 10)
    #expect(schedule.factor(after: 15) == 0.5)
    #expect(schedule.factor(after: 20) == 0)
  }

  @Test("A jagged cosine warms up again after every restart, to where the cosine will be by then")
  func jagged() {
    let jagged = Schedule(.jaggedCosine, steps: 100, warmupSteps: 10, floor: 0.1, restartEvery: 25, restartWarmup: 5)
    let cosine = Schedule(.cosine, steps: 100, warmupSteps: 10, floor: 0.1)
    #expect(jagged.factor(after: 24) == cosine.factor(after: 24))
    #expect(jagged.factor(after: 25) == 0)
    #expect(abs(jagged.factor(after: 27) - 0.4 * cosine.factor(after: 30)) < 1e-12)
    #expect(jagged.factor(after: 30) == cosine.factor(after: 30))
  }

  @Test(
    "A schedule that leaves no update after its warm-up, or says it twice, is refused",
    arguments: [
      ("{warmupSteps: 10}", "run.yaml:1:15: error: a warm-up of 10 updates leaves none of 10; shorten it"),
      (
        "{warmupSteps: 1, warmupShare: 0.2}",
        "run.yaml:1:31: error: 'warmupSteps' and 'warmupShare' are both given; keep one"
      ),
      ("{kind: jagged-cosine}", "run.yaml:1:1: error: missing key 'restartEvery'"),
      ("{kind: cosin}", "run.yaml:1:8: error: 'kind' cannot be 'cosin'; did you mean 'cosine'?"),
    ])
  func refused(text: String, message: String) throws {
    let node = try SpecificationNode(text: text, file: "run.yaml")
    let mapping = try node.mapping(keys: Schedule.keys)
    let error = #expect(throws: Diagnostic.self) { try Schedule(reading: mapping, steps: 10) }
    #expect(error?.description == message)
  }
}
