# Memory in use over the phases of an update, by category. Data: precision-timeline-60m.dat
set terminal svg size 900,4010 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'precision-timeline-60m.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror out
set grid ytics lc rgb '#dddddd' lt 1
set label 901 'Memory over an update, 60M' at screen 0.015,0.99501 font ',15'
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.93566; set tmargin at screen 0.98055
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'Full-Rank, fp32' at screen 0.08222,0.98803
set label 102 '1.38 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.98354 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.92419 center font ',12'
set label 201 "forward" at screen 0.12333,0.93242 center font ',12'
set label 202 "head" at screen 0.20556,0.93242 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.93242 center font ',12'
set label 204 "embedding" at screen 0.57667,0.93242 center font ',12'
set label 205 "update" at screen 0.65889,0.93242 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.93242 center font ',12'
set arrow 1 from screen 0.78222,0.93923 to screen 0.80444,0.93923 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 232 MB' at screen 0.80889,0.93923 left font ',12'
set arrow 2 from screen 0.78222,0.94637 to screen 0.80444,0.94637 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 232 MB' at screen 0.80889,0.94637 left font ',12'
set arrow 3 from screen 0.78222,0.95708 to screen 0.80444,0.95708 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 465 MB' at screen 0.80889,0.95708 left font ',12'
set arrow 4 from screen 0.78222,0.97030 to screen 0.80444,0.97030 nohead lw 2 lc rgb '#7FD1B5' front
set label 4 'activations 395 MB' at screen 0.80889,0.97030 left font ',12'
set arrow 5 from screen 0.78222,0.97637 to screen 0.80444,0.97437 nohead lw 2 lc rgb '#AAAAAA' front
set label 5 'data 18.4 kB' at screen 0.80889,0.97437 left font ',12'
set arrow 6 from screen 0.78222,0.97637 to screen 0.80444,0.97836 nohead lw 2 lc rgb '#8F3B6B' front
set label 6 'temporaries, up to 53.3 MB' at screen 0.80889,0.97836 left font ',12'
plot 'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 0 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 0 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 0 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.86484; set tmargin at screen 0.90973
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'Full-Rank, bf16, rounded after each operation' at screen 0.08222,0.91721
set label 102 '920 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.91272 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.85337 center font ',12'
set label 201 "forward" at screen 0.12333,0.86160 center font ',12'
set label 202 "head" at screen 0.20556,0.86160 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.86160 center font ',12'
set label 204 "embedding" at screen 0.57667,0.86160 center font ',12'
set label 205 "update" at screen 0.65889,0.86160 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.86160 center font ',12'
set arrow 1 from screen 0.78222,0.86662 to screen 0.80444,0.86641 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 116 MB' at screen 0.80889,0.86641 left font ',12'
set arrow 2 from screen 0.78222,0.87019 to screen 0.80444,0.87040 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 116 MB' at screen 0.80889,0.87040 left font ',12'
set arrow 3 from screen 0.78222,0.87555 to screen 0.80444,0.87555 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 232 MB' at screen 0.80889,0.87555 left font ',12'
set arrow 4 from screen 0.78222,0.88519 to screen 0.80444,0.88519 nohead lw 2 lc rgb '#7FD1B5' front
set label 4 'activations 395 MB' at screen 0.80889,0.88519 left font ',12'
set arrow 5 from screen 0.78222,0.89126 to screen 0.80444,0.88927 nohead lw 2 lc rgb '#AAAAAA' front
set label 5 'data 26.6 kB' at screen 0.80889,0.88927 left font ',12'
set arrow 6 from screen 0.78222,0.89126 to screen 0.80444,0.89326 nohead lw 2 lc rgb '#8F3B6B' front
set label 6 'temporaries, up to 60.7 MB' at screen 0.80889,0.89326 left font ',12'
plot 'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 1 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 1 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 1 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.79401; set tmargin at screen 0.83890
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'Full-Rank, bf16, rounded once' at screen 0.08222,0.84638
set label 102 '920 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.84190 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.78254 center font ',12'
set label 201 "forward" at screen 0.12333,0.79077 center font ',12'
set label 202 "head" at screen 0.20556,0.79077 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.79077 center font ',12'
set label 204 "embedding" at screen 0.57667,0.79077 center font ',12'
set label 205 "update" at screen 0.65889,0.79077 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.79077 center font ',12'
set arrow 1 from screen 0.78222,0.79580 to screen 0.80444,0.79559 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 116 MB' at screen 0.80889,0.79559 left font ',12'
set arrow 2 from screen 0.78222,0.79937 to screen 0.80444,0.79958 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 116 MB' at screen 0.80889,0.79958 left font ',12'
set arrow 3 from screen 0.78222,0.80473 to screen 0.80444,0.80473 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 232 MB' at screen 0.80889,0.80473 left font ',12'
set arrow 4 from screen 0.78222,0.81437 to screen 0.80444,0.81437 nohead lw 2 lc rgb '#7FD1B5' front
set label 4 'activations 395 MB' at screen 0.80889,0.81437 left font ',12'
set arrow 5 from screen 0.78222,0.82044 to screen 0.80444,0.81845 nohead lw 2 lc rgb '#AAAAAA' front
set label 5 'data 26.6 kB' at screen 0.80889,0.81845 left font ',12'
set arrow 6 from screen 0.78222,0.82044 to screen 0.80444,0.82244 nohead lw 2 lc rgb '#8F3B6B' front
set label 6 'temporaries, up to 60.7 MB' at screen 0.80889,0.82244 left font ',12'
plot 'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 2 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 2 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 2 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.72319; set tmargin at screen 0.76808
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'Full-Rank, bf16, stochastic rounding' at screen 0.08222,0.77556
set label 102 '920 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.77107 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.71172 center font ',12'
set label 201 "forward" at screen 0.12333,0.71995 center font ',12'
set label 202 "head" at screen 0.20556,0.71995 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.71995 center font ',12'
set label 204 "embedding" at screen 0.57667,0.71995 center font ',12'
set label 205 "update" at screen 0.65889,0.71995 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.71995 center font ',12'
set arrow 1 from screen 0.78222,0.72498 to screen 0.80444,0.72477 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 116 MB' at screen 0.80889,0.72477 left font ',12'
set arrow 2 from screen 0.78222,0.72855 to screen 0.80444,0.72876 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 116 MB' at screen 0.80889,0.72876 left font ',12'
set arrow 3 from screen 0.78222,0.73390 to screen 0.80444,0.73390 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 232 MB' at screen 0.80889,0.73390 left font ',12'
set arrow 4 from screen 0.78222,0.74355 to screen 0.80444,0.74355 nohead lw 2 lc rgb '#7FD1B5' front
set label 4 'activations 395 MB' at screen 0.80889,0.74355 left font ',12'
set arrow 5 from screen 0.78222,0.74962 to screen 0.80444,0.74762 nohead lw 2 lc rgb '#AAAAAA' front
set label 5 'data 26.6 kB' at screen 0.80889,0.74762 left font ',12'
set arrow 6 from screen 0.78222,0.74962 to screen 0.80444,0.75161 nohead lw 2 lc rgb '#8F3B6B' front
set label 6 'temporaries, up to 60.7 MB' at screen 0.80889,0.75161 left font ',12'
plot 'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 3 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 3 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 3 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.65237; set tmargin at screen 0.69726
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'Full-Rank, fp32, 8-bit moments' at screen 0.08222,0.70474
set label 102 '1.03 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.70025 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.64090 center font ',12'
set label 201 "forward" at screen 0.12333,0.64913 center font ',12'
set label 202 "head" at screen 0.20556,0.64913 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.64913 center font ',12'
set label 204 "embedding" at screen 0.57667,0.64913 center font ',12'
set label 205 "update" at screen 0.65889,0.64913 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.64913 center font ',12'
set arrow 1 from screen 0.78222,0.65594 to screen 0.80444,0.65594 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 232 MB' at screen 0.80889,0.65594 left font ',12'
set arrow 2 from screen 0.78222,0.66308 to screen 0.80444,0.66308 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 232 MB' at screen 0.80889,0.66308 left font ',12'
set arrow 3 from screen 0.78222,0.66844 to screen 0.80444,0.66844 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 116 MB' at screen 0.80889,0.66844 left font ',12'
set arrow 4 from screen 0.78222,0.67630 to screen 0.80444,0.67630 nohead lw 2 lc rgb '#7FD1B5' front
set label 4 'activations 395 MB' at screen 0.80889,0.67630 left font ',12'
set arrow 5 from screen 0.78222,0.68237 to screen 0.80444,0.68038 nohead lw 2 lc rgb '#AAAAAA' front
set label 5 'data 18.4 kB' at screen 0.80889,0.68038 left font ',12'
set arrow 6 from screen 0.78222,0.68237 to screen 0.80444,0.68437 nohead lw 2 lc rgb '#8F3B6B' front
set label 6 'temporaries, up to 53.3 MB' at screen 0.80889,0.68437 left font ',12'
plot 'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 4 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 4 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 4 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.58155; set tmargin at screen 0.62643
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'Full-Rank, bf16, 8-bit moments, per layer' at screen 0.08222,0.63392
set label 102 '721 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.62943 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.57007 center font ',12'
set label 201 "forward" at screen 0.12333,0.57830 center font ',12'
set label 202 "head" at screen 0.20556,0.57830 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.57830 center font ',12'
set label 204 "update" at screen 0.57667,0.57830 center font ',12'
set label 205 "embedding" at screen 0.65889,0.57830 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.57830 center font ',12'
set arrow 1 from screen 0.78222,0.58333 to screen 0.80444,0.58254 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 116 MB' at screen 0.80889,0.58254 left font ',12'
set arrow 2 from screen 0.78222,0.58562 to screen 0.80444,0.58653 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 32.8 MB' at screen 0.80889,0.58653 left font ',12'
set arrow 3 from screen 0.78222,0.58791 to screen 0.80444,0.59052 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 116 MB' at screen 0.80889,0.59052 left font ',12'
set arrow 4 from screen 0.78222,0.59577 to screen 0.80444,0.59577 nohead lw 2 lc rgb '#7FD1B5' front
set label 4 'activations 395 MB' at screen 0.80889,0.59577 left font ',12'
set arrow 5 from screen 0.78222,0.60185 to screen 0.80444,0.59985 nohead lw 2 lc rgb '#AAAAAA' front
set label 5 'data 26.6 kB' at screen 0.80889,0.59985 left font ',12'
set arrow 6 from screen 0.78222,0.60185 to screen 0.80444,0.60384 nohead lw 2 lc rgb '#8F3B6B' front
set label 6 'temporaries, up to 60.7 MB' at screen 0.80889,0.60384 left font ',12'
plot 'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 5 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 5 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 5 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.51072; set tmargin at screen 0.55561
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'GaLore, fp32' at screen 0.08222,0.56309
set label 102 '1.24 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.55860 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.49925 center font ',12'
set label 201 "forward" at screen 0.12333,0.50748 center font ',12'
set label 202 "head" at screen 0.20556,0.50748 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.50748 center font ',12'
set label 204 "embedding" at screen 0.57667,0.50748 center font ',12'
set label 205 "update" at screen 0.65889,0.50748 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.50748 center font ',12'
set arrow 1 from screen 0.78222,0.51429 to screen 0.80444,0.51429 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 232 MB' at screen 0.80889,0.51429 left font ',12'
set arrow 2 from screen 0.78222,0.52143 to screen 0.80444,0.52143 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 232 MB' at screen 0.80889,0.52143 left font ',12'
set arrow 3 from screen 0.78222,0.52981 to screen 0.80444,0.52981 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 313 MB' at screen 0.80889,0.52981 left font ',12'
set arrow 4 from screen 0.78222,0.53485 to screen 0.80444,0.53485 nohead lw 2 lc rgb '#F3C45B' front
set label 4 'projector 14.7 MB' at screen 0.80889,0.53485 left font ',12'
set arrow 5 from screen 0.78222,0.54114 to screen 0.80444,0.54114 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 395 MB' at screen 0.80889,0.54114 left font ',12'
set arrow 6 from screen 0.78222,0.54722 to screen 0.80444,0.54522 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 18.4 kB' at screen 0.80889,0.54522 left font ',12'
set arrow 7 from screen 0.78222,0.54722 to screen 0.80444,0.54921 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 53.3 MB' at screen 0.80889,0.54921 left font ',12'
plot 'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#F3C45B', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5+$6)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 6 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 6 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 6 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.43990; set tmargin at screen 0.48479
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'GaLore, bf16, 8-bit moments, per layer' at screen 0.08222,0.49227
set label 102 '690 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.48778 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.42843 center font ',12'
set label 201 "forward" at screen 0.12333,0.43666 center font ',12'
set label 202 "head" at screen 0.20556,0.43666 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.43666 center font ',12'
set label 204 "update" at screen 0.57667,0.43666 center font ',12'
set label 205 "embedding" at screen 0.65889,0.43666 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.43666 center font ',12'
set arrow 1 from screen 0.78222,0.44169 to screen 0.80444,0.44090 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 116 MB' at screen 0.80889,0.44090 left font ',12'
set arrow 2 from screen 0.78222,0.44397 to screen 0.80444,0.44489 nohead lw 2 lc rgb '#A6D8F5' front
set label 2 'gradients 32.8 MB' at screen 0.80889,0.44489 left font ',12'
set arrow 3 from screen 0.78222,0.44568 to screen 0.80444,0.44888 nohead lw 2 lc rgb '#D55E00' front
set label 3 'optimizer state 78.4 MB' at screen 0.80889,0.44888 left font ',12'
set arrow 4 from screen 0.78222,0.44700 to screen 0.80444,0.45287 nohead lw 2 lc rgb '#F3C45B' front
set label 4 'projector 7.34 MB' at screen 0.80889,0.45287 left font ',12'
set arrow 5 from screen 0.78222,0.45319 to screen 0.80444,0.45686 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 395 MB' at screen 0.80889,0.45686 left font ',12'
set arrow 6 from screen 0.78222,0.45926 to screen 0.80444,0.46085 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 26.6 kB' at screen 0.80889,0.46085 left font ',12'
set arrow 7 from screen 0.78222,0.45926 to screen 0.80444,0.46484 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 60.7 MB' at screen 0.80889,0.46484 left font ',12'
plot 'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#F3C45B', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5+$6)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 7 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 7 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 7 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.36908; set tmargin at screen 0.41397
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'SLTrain, fp32' at screen 0.08222,0.42145
set label 102 '1.15 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.41696 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.35761 center font ',12'
set label 201 "forward" at screen 0.12333,0.36584 center font ',12'
set label 202 "head" at screen 0.20556,0.36584 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.36584 center font ',12'
set label 204 "embedding" at screen 0.57667,0.36584 center font ',12'
set label 205 "update" at screen 0.65889,0.36584 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.36584 center font ',12'
set arrow 1 from screen 0.78222,0.37175 to screen 0.80444,0.37047 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 174 MB' at screen 0.80889,0.37047 left font ',12'
set arrow 2 from screen 0.78222,0.37446 to screen 0.80444,0.37446 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 1.69 MB' at screen 0.80889,0.37446 left font ',12'
set arrow 3 from screen 0.78222,0.37716 to screen 0.80444,0.37845 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 174 MB' at screen 0.80889,0.37845 left font ',12'
set arrow 4 from screen 0.78222,0.38519 to screen 0.80444,0.38519 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 348 MB' at screen 0.80889,0.38519 left font ',12'
set arrow 5 from screen 0.78222,0.39661 to screen 0.80444,0.39661 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 395 MB' at screen 0.80889,0.39661 left font ',12'
set arrow 6 from screen 0.78222,0.40268 to screen 0.80444,0.40069 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 18.4 kB' at screen 0.80889,0.40069 left font ',12'
set arrow 7 from screen 0.78222,0.40268 to screen 0.80444,0.40468 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 53.3 MB' at screen 0.80889,0.40468 left font ',12'
plot 'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'precision-timeline-60m.dat' index 8 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 8 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 8 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.29825; set tmargin at screen 0.34314
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'SLTrain, fp32, per layer' at screen 0.08222,0.35062
set label 102 '1.04 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.34613 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.28678 center font ',12'
set label 201 "forward" at screen 0.12333,0.29501 center font ',12'
set label 202 "head" at screen 0.20556,0.29501 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.29501 center font ',12'
set label 204 "update" at screen 0.57667,0.29501 center font ',12'
set label 205 "embedding" at screen 0.65889,0.29501 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.29501 center font ',12'
set arrow 1 from screen 0.78222,0.30093 to screen 0.80444,0.29925 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 174 MB' at screen 0.80889,0.29925 left font ',12'
set arrow 2 from screen 0.78222,0.30363 to screen 0.80444,0.30324 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 1.69 MB' at screen 0.80889,0.30324 left font ',12'
set arrow 3 from screen 0.78222,0.30467 to screen 0.80444,0.30723 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 65.5 MB' at screen 0.80889,0.30723 left font ',12'
set arrow 4 from screen 0.78222,0.31103 to screen 0.80444,0.31122 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 348 MB' at screen 0.80889,0.31122 left font ',12'
set arrow 5 from screen 0.78222,0.32245 to screen 0.80444,0.32245 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 395 MB' at screen 0.80889,0.32245 left font ',12'
set arrow 6 from screen 0.78222,0.32852 to screen 0.80444,0.32653 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 18.4 kB' at screen 0.80889,0.32653 left font ',12'
set arrow 7 from screen 0.78222,0.32852 to screen 0.80444,0.33052 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 53.3 MB' at screen 0.80889,0.33052 left font ',12'
plot 'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'precision-timeline-60m.dat' index 9 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 9 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 9 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.22743; set tmargin at screen 0.27232
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'SLTrain, fp32, per layer, activation checkpointing' at screen 0.08222,0.27980
set label 102 '705 MB at most, in the phase ''backward 7''; temporaries: the most at once in each phase' at screen 0.08222,0.27531 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.21596 center font ',12'
set label 201 "forward" at screen 0.12333,0.22419 center font ',12'
set label 202 "head" at screen 0.20556,0.22419 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.22419 center font ',12'
set label 204 "update" at screen 0.57667,0.22419 center font ',12'
set label 205 "embedding" at screen 0.65889,0.22419 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.22419 center font ',12'
set arrow 1 from screen 0.78222,0.23011 to screen 0.80444,0.22843 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 174 MB' at screen 0.80889,0.22843 left font ',12'
set arrow 2 from screen 0.78222,0.23281 to screen 0.80444,0.23242 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 1.69 MB' at screen 0.80889,0.23242 left font ',12'
set arrow 3 from screen 0.78222,0.23384 to screen 0.80444,0.23641 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 65.5 MB' at screen 0.80889,0.23641 left font ',12'
set arrow 4 from screen 0.78222,0.24020 to screen 0.80444,0.24040 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 348 MB' at screen 0.80889,0.24040 left font ',12'
set arrow 5 from screen 0.78222,0.24627 to screen 0.80444,0.24439 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 46.4 MB' at screen 0.80889,0.24439 left font ',12'
set arrow 6 from screen 0.78222,0.24698 to screen 0.80444,0.24838 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 18.4 kB' at screen 0.80889,0.24838 left font ',12'
set arrow 7 from screen 0.78222,0.24698 to screen 0.80444,0.25237 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 68.9 MB' at screen 0.80889,0.25237 left font ',12'
plot 'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'precision-timeline-60m.dat' index 10 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 10 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 10 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.15661; set tmargin at screen 0.20150
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'SLTrain, bf16, rounded after each operation' at screen 0.08222,0.20898
set label 102 '806 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.20449 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.14514 center font ',12'
set label 201 "forward" at screen 0.12333,0.15337 center font ',12'
set label 202 "head" at screen 0.20556,0.15337 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.15337 center font ',12'
set label 204 "embedding" at screen 0.57667,0.15337 center font ',12'
set label 205 "update" at screen 0.65889,0.15337 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.15337 center font ',12'
set arrow 1 from screen 0.78222,0.15795 to screen 0.80444,0.15761 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 87.1 MB' at screen 0.80889,0.15761 left font ',12'
set arrow 2 from screen 0.78222,0.15931 to screen 0.80444,0.16160 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 1.69 MB' at screen 0.80889,0.16160 left font ',12'
set arrow 3 from screen 0.78222,0.16067 to screen 0.80444,0.16559 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 87.1 MB' at screen 0.80889,0.16559 left font ',12'
set arrow 4 from screen 0.78222,0.16469 to screen 0.80444,0.16958 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 174 MB' at screen 0.80889,0.16958 left font ',12'
set arrow 5 from screen 0.78222,0.17344 to screen 0.80444,0.17357 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 395 MB' at screen 0.80889,0.17357 left font ',12'
set arrow 6 from screen 0.78222,0.17951 to screen 0.80444,0.17756 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 26.6 kB' at screen 0.80889,0.17756 left font ',12'
set arrow 7 from screen 0.78222,0.17951 to screen 0.80444,0.18155 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 60.7 MB' at screen 0.80889,0.18155 left font ',12'
plot 'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'precision-timeline-60m.dat' index 11 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 11 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 11 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.08579; set tmargin at screen 0.13067
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'SLTrain, bf16, stochastic rounding' at screen 0.08222,0.13815
set label 102 '806 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.13367 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.07431 center font ',12'
set label 201 "forward" at screen 0.12333,0.08254 center font ',12'
set label 202 "head" at screen 0.20556,0.08254 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.08254 center font ',12'
set label 204 "embedding" at screen 0.57667,0.08254 center font ',12'
set label 205 "update" at screen 0.65889,0.08254 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.08254 center font ',12'
set arrow 1 from screen 0.78222,0.08712 to screen 0.80444,0.08678 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 87.1 MB' at screen 0.80889,0.08678 left font ',12'
set arrow 2 from screen 0.78222,0.08849 to screen 0.80444,0.09077 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 1.69 MB' at screen 0.80889,0.09077 left font ',12'
set arrow 3 from screen 0.78222,0.08985 to screen 0.80444,0.09476 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 87.1 MB' at screen 0.80889,0.09476 left font ',12'
set arrow 4 from screen 0.78222,0.09387 to screen 0.80444,0.09875 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 174 MB' at screen 0.80889,0.09875 left font ',12'
set arrow 5 from screen 0.78222,0.10261 to screen 0.80444,0.10274 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 395 MB' at screen 0.80889,0.10274 left font ',12'
set arrow 6 from screen 0.78222,0.10869 to screen 0.80444,0.10673 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 26.6 kB' at screen 0.80889,0.10673 left font ',12'
set arrow 7 from screen 0.78222,0.10869 to screen 0.80444,0.11072 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 60.7 MB' at screen 0.80889,0.11072 left font ',12'
plot 'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'precision-timeline-60m.dat' index 12 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 12 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 12 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.01496; set tmargin at screen 0.05985
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:1460.19684352]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 180.50, '' 213.00, '' 245.50, '' 278.00, '' 310.50, '' 343.00, '' 375.50, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0)
set label 101 'SLTrain, bf16, 8-bit moments, per layer' at screen 0.08222,0.06733
set label 102 '665 MB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.06284 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.00349 center font ',12'
set label 201 "forward" at screen 0.12333,0.01172 center font ',12'
set label 202 "head" at screen 0.20556,0.01172 center font ',12'
set label 203 "backward, blocks\n7…0" at screen 0.39111,0.01172 center font ',12'
set label 204 "update" at screen 0.57667,0.01172 center font ',12'
set label 205 "embedding" at screen 0.65889,0.01172 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.01172 center font ',12'
set arrow 1 from screen 0.78222,0.01630 to screen 0.80444,0.01596 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 87.1 MB' at screen 0.80889,0.01596 left font ',12'
set arrow 2 from screen 0.78222,0.01766 to screen 0.80444,0.01995 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 1.69 MB' at screen 0.80889,0.01995 left font ',12'
set arrow 3 from screen 0.78222,0.01819 to screen 0.80444,0.02394 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 32.8 MB' at screen 0.80889,0.02394 left font ',12'
set arrow 4 from screen 0.78222,0.02004 to screen 0.80444,0.02793 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 87.3 MB' at screen 0.80889,0.02793 left font ',12'
set arrow 5 from screen 0.78222,0.02745 to screen 0.80444,0.03192 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 395 MB' at screen 0.80889,0.03192 left font ',12'
set arrow 6 from screen 0.78222,0.03352 to screen 0.80444,0.03591 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 26.6 kB' at screen 0.80889,0.03591 left font ',12'
set arrow 7 from screen 0.78222,0.03352 to screen 0.80444,0.03990 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 60.7 MB' at screen 0.80889,0.03990 left font ',12'
plot 'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5+$6+$7+$8+$9)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'precision-timeline-60m.dat' index 13 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'precision-timeline-60m.dat' index 13 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'precision-timeline-60m.dat' index 13 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
unset multiplot
