# Loss against training tokens of every run, a panel a row. Data: table-7-cells-60m-proxy.dat
set terminal svg size 880,304 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-7-cells-60m-proxy.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror scale 0.6
set grid lc rgb '#dddddd' lt 1
set xrange [0:2.198315]; set yrange [3.7880927439239116:5.933097206575341]
set xtics ('0' 0.0, '1' 1.0, '2' 2.0) font ',12'
set ytics ('4' 4.0, '4.5' 4.5, '5' 5.0, '5.5' 5.5) font ',12'
set label 90 'Training loss (nats a token) of every run, 60M proxy, scale quick' at screen 0.05227,0.94737 font ',15'
set label 91 'Training tokens seen (10⁶)' at screen 0.5,0.05263 center
set arrow 1 from screen 0.05227,0.86184 to screen 0.08182,0.86184 nohead lw 1.6 lc rgb '#0072B2'
set label 92 'final runs, one line a seed' at screen 0.08864,0.86184 font ',12'
set arrow 2 from screen 0.30477,0.86184 to screen 0.33432,0.86184 nohead lw 1.6 dt (6,3) lc rgb '#D55E00'
set label 93 'at the paper''s own rate' at screen 0.34114,0.86184 font ',12'
set arrow 3 from screen 0.53477,0.86184 to screen 0.56432,0.86184 nohead lw 1 lc rgb '#999999'
set label 94 'the search for the rate' at screen 0.57114,0.86184 font ',12'
set lmargin at screen 0.05227; set rmargin at screen 0.31970
set bmargin at screen 0.23026; set tmargin at screen 0.71053
set label 1 'Full-Rank' at screen 0.05227,0.74342
plot 'table-7-cells-60m-proxy.dat' index 0 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 1 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 2 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 3 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 4 using ($1/1000000.0):2 with lines lw 1.6 dt (6,3) lc rgb '#D55E00', \
  'table-7-cells-60m-proxy.dat' index 5 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-7-cells-60m-proxy.dat' index 6 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-7-cells-60m-proxy.dat' index 7 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.38561; set rmargin at screen 0.65303
set bmargin at screen 0.23026; set tmargin at screen 0.71053
set label 1 'SLTrain, δ = 0.03' at screen 0.38561,0.74342
plot 'table-7-cells-60m-proxy.dat' index 8 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 9 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 10 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 11 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 12 using ($1/1000000.0):2 with lines lw 1.6 dt (6,3) lc rgb '#D55E00', \
  'table-7-cells-60m-proxy.dat' index 13 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-7-cells-60m-proxy.dat' index 14 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-7-cells-60m-proxy.dat' index 15 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.71894; set rmargin at screen 0.98636
set bmargin at screen 0.23026; set tmargin at screen 0.71053
set label 1 'SLTrain, δ = 0.05' at screen 0.71894,0.74342
plot 'table-7-cells-60m-proxy.dat' index 16 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 17 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 18 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 19 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-7-cells-60m-proxy.dat' index 20 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-7-cells-60m-proxy.dat' index 21 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-7-cells-60m-proxy.dat' index 22 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
unset multiplot
