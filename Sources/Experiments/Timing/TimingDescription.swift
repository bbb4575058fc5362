import Configuration
import Foundation
import Methods
import Training

/// What a plan of times would run, and about how long that would take.
public struct TimingDescription: Sendable {
  private let plan: TimingPlan
  private let memory: [[[MemoryPlan]]]
  private let machineBytes: Int

  /// Lays every run out without memory.
  ///
  /// - Throws: ``Diagnostic`` if a run cannot be laid out.
  public init(_ plan: TimingPlan, machineBytes: Int = MemoryPlan.machineBytes) throws {
    self.plan = plan
    self.machineBytes = machineBytes
    memory = try plan.sizes.map { try $0.groups.map { try $0.plans(plan.table.kind) } }
  }

  /// The text for people.
  public var text: String {
    var lines = ["\(plan.table.name) at scale \(plan.scale.name.rawValue): \(plan.table.title)"]
    if !plan.scale.description.isEmpty { lines.append(plan.scale.description) }
    for (size, memory) in zip(plan.sizes, memory) {
      let timing = size.size
      lines += [
        "",
        "\(timing.size.label): \(timing.rounds) rounds of \(timing.steps) steps a row, \(plan.workers) threads, about "
          + TimingRunner.text(seconds(of: size, memory)),
      ]
      for (group, memory) in zip(size.groups, memory) { lines += text(of: group, memory) }
    }
    lines += ["", "in all: about \(TimingRunner.text(seconds)), by the operations of dense models"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(of group: TimingGroup, _ memory: [MemoryPlan]) -> [String] {
    let together = memory.reduce(0) { $0 + $1.totalPeakBytes }
    let stays = together + MemoryPlan.reserve <= machineBytes
    let place = stays ? "all laid out together" : "each laid out anew in every round"
    return ["  \(group.batch.text) tokens, \(place):"]
      + zip(group.entries, memory).map { entry, memory in
        "    \(entry.row.label)".padding(toLength: 34, withPad: " ", startingAt: 0)
          + String(format: "%8.3f GB", Double(memory.totalPeakBytes) / 1e9)
          + (memory.fits(available: machineBytes) ? "" : ", more than this machine has")
      }
  }

  /// The same for programs.
  public var resolved: ResolvedValue {
    .object([
      "table": .string(plan.table.name), "scale": .string(plan.scale.name.rawValue), "seconds": .number(seconds),
      "workers": .integer(plan.workers),
      "sizes": .array(
        zip(plan.sizes, memory).map { size, memory in
          .object([
            "size": .string(size.size.size.label), "identity": .string(size.identity.hexadecimal),
            "seconds": .number(seconds(of: size, memory)),
            "runs": .array(
              zip(size.groups, memory).flatMap { group, memory in
                zip(group.entries, memory).map { entry, memory in
                  .object([
                    "row": .string(entry.row.label), "run": entry.run.resolved,
                    "peakBytes": .integer(memory.totalPeakBytes), "fits": .bool(memory.fits(available: machineBytes)),
                  ])
                }
              }),
          ])
        }),
    ])
  }

  /// Seconds that the whole plan takes, roughly.
  public var seconds: Double { secondsOfSizes.reduce(0, +) }

  /// Seconds that each size takes, roughly.
  public var secondsOfSizes: [Double] { zip(plan.sizes, memory).map { seconds(of: $0, $1) } }

  private func seconds(of size: TimingSizePlan, _ memory: [[MemoryPlan]]) -> Double {
    zip(size.groups, memory).reduce(0) { sum, part in
      let (group, memory) = part
      let stays = memory.reduce(0) { $0 + $1.totalPeakBytes } + MemoryPlan.reserve <= machineBytes
      let layouts = stays ? 1 : size.size.rounds
      let steps = size.size.rounds * size.size.steps + layouts * size.size.warmUp
      let hasSearchStep = size.size.warmUp > 0
      return group.entries.reduce(sum) { sum, entry in
        let run = entry.run
        let search = plan.table.kind == .throughput && run.method.searchPeriod > 1
        // Starting values come at some hundred million a second.
        let layout = Double(layouts * run.model.denseParameterCount) / 2e8
        let operations =
          operations(of: run) * Double(steps + (search && hasSearchStep ? 1 : 0))
          + (search ? searchOperations(of: run) : 0)
        return sum + layout + ExpectedRate.seconds(operations, workers: plan.workers)
      }
    }
  }

  /// Two for every weight of a matrix and token forward, and four more backward.
  private func operations(of run: TrainingSpecification) -> Double {
    let tokens = run.batch * run.data.sequenceLength
    let matrices = run.model.sites.reduce(0) { $0 + $1.inputs * $1.outputs }
    let head = run.model.vocabularySize * run.model.hiddenSize
    let attention = 2 * run.model.layers * run.model.hiddenSize * run.data.sequenceLength
    return (plan.table.kind == .throughput ? 6 : 2) * Double(matrices + head + attention) * Double(tokens)
  }

  /// About what decompositions take, or products with a sketch.
  private func searchOperations(of run: TrainingSpecification) -> Double {
    guard let method = run.method as? GaLore else { return 0 }
    return run.model.sites.reduce(0) { sum, site in
      let (long, short) = (Double(max(site.inputs, site.outputs)), Double(min(site.inputs, site.outputs)))
      return sum + (method.projection == .svd ? 25 * long * short * short : 20 * long * short * Double(method.rank))
    }
  }
}
