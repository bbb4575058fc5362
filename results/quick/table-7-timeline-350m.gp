# Memory in use over the phases of an update, by category. Data: table-7-timeline-350m.dat
set terminal svg size 900,886 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-7-timeline-350m.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror out
set grid ytics lc rgb '#dddddd' lt 1
set label 901 'Memory over an update, 350M' at screen 0.015,0.97743 font ',15'
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.70880; set tmargin at screen 0.91196
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:2242.3972672000004]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 158.83, '' 169.67, '' 180.50, '' 191.33, '' 202.17, '' 213.00, '' 223.83, '' 234.67, '' 245.50, '' 256.33, '' 267.17, '' 278.00, '' 288.83, '' 299.67, '' 310.50, '' 321.33, '' 332.17, '' 343.00, '' 353.83, '' 364.67, '' 375.50, '' 386.33, '' 397.17, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0, '1500' 1500.0, '2000' 2000.0)
set label 101 'SLTrain, δ = 0.03' at screen 0.08222,0.94582
set label 102 '1.90 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.92551 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.65688 center font ',12'
set label 201 "forward" at screen 0.12333,0.69413 center font ',12'
set label 202 "head" at screen 0.20556,0.69413 center font ',12'
set label 203 "backward, blocks\n23…0" at screen 0.39111,0.69413 center font ',12'
set label 204 "embedding" at screen 0.57667,0.69413 center font ',12'
set label 205 "update" at screen 0.65889,0.69413 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.69413 center font ',12'
set arrow 1 from screen 0.78222,0.72641 to screen 0.80444,0.72641 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 389 MB' at screen 0.80889,0.72641 left font ',12'
set arrow 2 from screen 0.78222,0.74488 to screen 0.80444,0.74488 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 19.2 MB' at screen 0.80889,0.74488 left font ',12'
set arrow 3 from screen 0.78222,0.76335 to screen 0.80444,0.76335 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 389 MB' at screen 0.80889,0.76335 left font ',12'
set arrow 4 from screen 0.78222,0.81616 to screen 0.80444,0.81616 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 777 MB' at screen 0.80889,0.81616 left font ',12'
set arrow 5 from screen 0.78222,0.86446 to screen 0.80444,0.85513 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 289 MB' at screen 0.80889,0.85513 left font ',12'
set arrow 6 from screen 0.78222,0.87756 to screen 0.80444,0.87319 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 5.12 kB' at screen 0.80889,0.87319 left font ',12'
set arrow 7 from screen 0.78222,0.87756 to screen 0.80444,0.89125 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 41.2 MB' at screen 0.80889,0.89125 left font ',12'
plot 'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5+$6)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5+$6)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'table-7-timeline-350m.dat' index 0 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.38826; set tmargin at screen 0.59142
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:2242.3972672000004]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 158.83, '' 169.67, '' 180.50, '' 191.33, '' 202.17, '' 213.00, '' 223.83, '' 234.67, '' 245.50, '' 256.33, '' 267.17, '' 278.00, '' 288.83, '' 299.67, '' 310.50, '' 321.33, '' 332.17, '' 343.00, '' 353.83, '' 364.67, '' 375.50, '' 386.33, '' 397.17, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0, '1500' 1500.0, '2000' 2000.0)
set label 101 'SLTrain, δ = 0.05' at screen 0.08222,0.62528
set label 102 '1.96 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.60497 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.33634 center font ',12'
set label 201 "forward" at screen 0.12333,0.37359 center font ',12'
set label 202 "head" at screen 0.20556,0.37359 center font ',12'
set label 203 "backward, blocks\n23…0" at screen 0.39111,0.37359 center font ',12'
set label 204 "embedding" at screen 0.57667,0.37359 center font ',12'
set label 205 "update" at screen 0.65889,0.37359 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.37359 center font ',12'
set arrow 1 from screen 0.78222,0.40641 to screen 0.80444,0.40641 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 401 MB' at screen 0.80889,0.40641 left font ',12'
set arrow 2 from screen 0.78222,0.42598 to screen 0.80444,0.42598 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 31.3 MB' at screen 0.80889,0.42598 left font ',12'
set arrow 3 from screen 0.78222,0.44555 to screen 0.80444,0.44555 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 401 MB' at screen 0.80889,0.44555 left font ',12'
set arrow 4 from screen 0.78222,0.50000 to screen 0.80444,0.50000 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 801 MB' at screen 0.80889,0.50000 left font ',12'
set arrow 5 from screen 0.78222,0.54940 to screen 0.80444,0.54007 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 289 MB' at screen 0.80889,0.54007 left font ',12'
set arrow 6 from screen 0.78222,0.56250 to screen 0.80444,0.55813 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 5.12 kB' at screen 0.80889,0.55813 left font ',12'
set arrow 7 from screen 0.78222,0.56250 to screen 0.80444,0.57619 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 41.2 MB' at screen 0.80889,0.57619 left font ',12'
plot 'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5+$6)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5+$6)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'table-7-timeline-350m.dat' index 1 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
set lmargin at screen 0.08222; set rmargin at screen 0.78222
set bmargin at screen 0.06772; set tmargin at screen 0.27088
set ylabel 'Memory in use (MB)' offset 0.5,0
set xrange [0:630.00]; set yrange [0:2242.3972672000004]
set xtics scale 0.8 ('' 74.00, '' 148.00, '' 158.83, '' 169.67, '' 180.50, '' 191.33, '' 202.17, '' 213.00, '' 223.83, '' 234.67, '' 245.50, '' 256.33, '' 267.17, '' 278.00, '' 288.83, '' 299.67, '' 310.50, '' 321.33, '' 332.17, '' 343.00, '' 353.83, '' 364.67, '' 375.50, '' 386.33, '' 397.17, '' 408.00, '' 482.00, '' 556.00)
set ytics ('0' 0.0, '500' 500.0, '1000' 1000.0, '1500' 1500.0, '2000' 2000.0)
set label 101 'SLTrain, δ = 0.1' at screen 0.08222,0.30474
set label 102 '2.12 GB at most, in the phase ''head''; temporaries: the most at once in each phase' at screen 0.08222,0.28442 font ',12' textcolor rgb '#555555'
set label 103 'Phases of update 2, in their order; the widths have no meaning' at screen 0.43222,0.01580 center font ',12'
set label 201 "forward" at screen 0.12333,0.05305 center font ',12'
set label 202 "head" at screen 0.20556,0.05305 center font ',12'
set label 203 "backward, blocks\n23…0" at screen 0.39111,0.05305 center font ',12'
set label 204 "embedding" at screen 0.57667,0.05305 center font ',12'
set label 205 "update" at screen 0.65889,0.05305 center font ',12'
set label 206 "after\nupdate" at screen 0.74111,0.05305 center font ',12'
set arrow 1 from screen 0.78222,0.08724 to screen 0.80444,0.08724 nohead lw 2 lc rgb '#0072B2' front
set label 1 'weights 431 MB' at screen 0.80889,0.08724 left font ',12'
set arrow 2 from screen 0.78222,0.10955 to screen 0.80444,0.10955 nohead lw 2 lc rgb '#000000' front
set label 2 'sparse index 61.5 MB' at screen 0.80889,0.10955 left font ',12'
set arrow 3 from screen 0.78222,0.13185 to screen 0.80444,0.13185 nohead lw 2 lc rgb '#A6D8F5' front
set label 3 'gradients 431 MB' at screen 0.80889,0.13185 left font ',12'
set arrow 4 from screen 0.78222,0.19042 to screen 0.80444,0.19042 nohead lw 2 lc rgb '#D55E00' front
set label 4 'optimizer state 862 MB' at screen 0.80889,0.19042 left font ',12'
set arrow 5 from screen 0.78222,0.24255 to screen 0.80444,0.23025 nohead lw 2 lc rgb '#7FD1B5' front
set label 5 'activations 289 MB' at screen 0.80889,0.23025 left font ',12'
set arrow 6 from screen 0.78222,0.25565 to screen 0.80444,0.24831 nohead lw 2 lc rgb '#AAAAAA' front
set label 6 'data 5.12 kB' at screen 0.80889,0.24831 left font ',12'
set arrow 7 from screen 0.78222,0.25565 to screen 0.80444,0.26637 nohead lw 2 lc rgb '#8F3B6B' front
set label 7 'temporaries, up to 41.2 MB' at screen 0.80889,0.26637 left font ',12'
plot 'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#8F3B6B', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7+$8)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#AAAAAA', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5+$6+$7)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5+$6)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#7FD1B5', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5+$6)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#D55E00', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4+$5)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#A6D8F5', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3+$4)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#000000', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2+$3)/1000000.0) with lines lw 0.8 lc rgb '#222222', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2)/1000000.0) with filledcurves y=0 fs solid 1.0 noborder lc rgb '#0072B2', \
  'table-7-timeline-350m.dat' index 2 using 1:(($2)/1000000.0) with lines lw 0.8 lc rgb '#222222'
unset label
unset arrow
unset multiplot
