import Tensors

/// Who is told when gradients begin and when they are whole: what lets an update run in the middle of a backward pass.
public final class GradientFlow {
  private let begin: ([Parameter]) -> Void
  private let end: ([Parameter]) -> Void

  /// Creates a flow.
  ///
  /// - Parameters:
  ///   - begin: the backward pass is about to add to the gradients of these parameters for the first time.
  ///   - end: it will not add to them again.
  public init(begin: @escaping ([Parameter]) -> Void, end: @escaping ([Parameter]) -> Void) {
    self.begin = begin
    self.end = end
  }

  /// Nobody is told.
  public static var none: GradientFlow { GradientFlow(begin: { _ in }, end: { _ in }) }

  /// Runs the part of a backward pass that adds to the gradients of `parameters`, all there is to add.
  func through(_ parameters: [Parameter], _ body: () -> Void) {
    begin(parameters)
    body()
    end(parameters)
  }
}

/// Lays the gradients of groups of parameters over each other: one group's are in use at a time.
func shareGradients(of groups: [[Parameter]], as elementType: ElementType, compute: Compute) {
  let alignment = 64 / elementType.byteCount
  func room(_ parameter: Parameter) -> Int { (parameter.count + alignment - 1) / alignment * alignment }
  let trained = groups.map { $0.filter(\.isTrained) }
  let largest = trained.map { $0.reduce(0) { $0 + room($1) } }.max() ?? 0
  let pool = compute.zeros(1, largest, .gradients, as: elementType)
  for group in trained {
    var offset = 0
    for parameter in group {
      precondition(parameter.gradient == nil, "the gradient of \(parameter.name) is in two groups")
      parameter.placeGradient(
        Tensor(
          slab: pool.slab, address: pool.address + offset * elementType.byteCount, elementType: elementType,
          rows: parameter.value.rows, columns: parameter.value.columns))
      offset += room(parameter)
    }
  }
}
