import Tensors

/// Adam's moments of a matrix of gradients as a specification asks for them to be stored, and the update that they give.
public enum AdamState {
  /// In 32-bit floats or bf16.
  case plain(AdamMoments)
  /// In 8 bits, by blocks that share a scale.
  case blockwise(BlockwiseMoments)

  /// Creates moments that are zero. Few numbers are stored in 32-bit floats where 8 bits are asked for, as in bitsandbytes.
  public init(rows: Int, columns: Int, specification: OptimizerSpecification, compute: Compute) {
    switch specification.moments {
    case .blockwise where BlockwiseMoments.applies(to: rows * columns):
      self = .blockwise(
        BlockwiseMoments(rows: rows, columns: columns, blockSize: specification.blockSize, compute: compute))
    case .float32, .blockwise: self = .plain(AdamMoments(rows: rows, columns: columns, compute: compute))
    case .bfloat16:
      self = .plain(AdamMoments(rows: rows, columns: columns, elementType: .bfloat16, compute: compute))
    }
  }

  /// Takes the gradient in and updates the weight, both in the moments' shape.
  ///
  /// - Parameters:
  ///   - step: the update's number, counted from 1.
  ///   - decays: whether the specification's weight decay applies.
  ///   - rounding: how what is stored in bf16 is rounded.
  public func update(
    _ weight: Tensor, gradient: Tensor, learningRate: Float, step: Int, specification: OptimizerSpecification,
    decays: Bool, convention: AdamMoments.Convention, rounding: UpdateRounding, compute: Compute
  ) {
    switch self {
    case .plain(let moments):
      moments.update(
        weight, gradient: gradient, learningRate: learningRate, step: step, specification: specification,
        decays: decays, convention: convention, rounding: rounding, compute: compute)
    case .blockwise(let moments):
      moments.update(
        weight, gradient: gradient, learningRate: learningRate, step: step, specification: specification,
        decays: decays, convention: convention, rounding: rounding, compute: compute)
    }
  }

  /// The tensors to save and restore, each with a name that is unique within the rule.
  public var state: [(name: String, value: Tensor)] {
    switch self {
    case .plain(let moments): [("first_moment", moments.first), ("second_moment", moments.second)]
    case .blockwise(let moments): moments.state
    }
  }

  /// The second moment's numbers.
  public var secondMoment: [Float] {
    switch self {
    case .plain(let moments): moments.second.array
    case .blockwise(let moments): moments.values(.second)
    }
  }

  /// Hands both moments over, one after the other, as 32-bit floats; those that `clear` sets to zero become zero.
  ///
  /// - Parameter clear: takes the moment's name, `first_moment` or `second_moment`, and its numbers.
  func reset(_ clear: (String, UnsafeMutableBufferPointer<Float>) -> Void) {
    // A run that is only laid out has no numbers, and to look for the smallest would touch the memory that it takes.
    guard !state.contains(where: { $0.value.slab.isZero }) else { return }
    switch self {
    case .plain(let moments):
      for (name, moment) in [("first_moment", moments.first), ("second_moment", moments.second)] {
        guard moment.elementType != .float32 else {
          clear(name, moment.elements)
          continue
        }
        var values = moment.array
        values.withUnsafeMutableBufferPointer { clear(name, $0) }
        moment.copy(from: values)
      }
    case .blockwise(let moments):
      for (name, moment) in [("first_moment", BlockwiseMoments.Moment.first), ("second_moment", .second)] {
        var values = moments.values(moment)
        values.withUnsafeMutableBufferPointer { clear(name, $0) }
        moments.zero(moment) { values[$0] == 0 }
      }
    }
  }
}
